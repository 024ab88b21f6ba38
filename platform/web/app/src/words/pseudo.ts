// English with every letter changed and 40 % longer: what still shows plain letters did not come from the dictionary,
// and what is cut would be cut in a longer language.
import type { Dictionary, Entry } from "./index";

const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const changed = [..."áƀćđéƒǵĥíĵķĺɱńóṕɋŕśťúṽŵẋýźÁƁĆĐÉƑǴĤÍĴĶĹṀŃÓṔɊŔŚŤÚṼŴẊÝŹ"];

function stretched(text: string): string {
    const letters = text.split(/(\{\w+\})/g).map((part) => {
        if (part.startsWith("{")) return part;
        return [...part].map((letter) => changed[plain.indexOf(letter)] ?? letter).join("");
    });
    const more = "~".repeat(Math.ceil(text.length * 0.4));
    return `⟦${letters.join("")}${more}⟧`;
}

export function pseudo(words: Record<string, Entry>): Dictionary {
    const made = Object.entries(words).map(([key, entry]) => [
        key,
        typeof entry === "string" ? stretched(entry) : { one: stretched(entry.one), other: stretched(entry.other) },
    ]);
    return Object.fromEntries(made) as Dictionary;
}
