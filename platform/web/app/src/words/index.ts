// All words of the page, in the language of the person. English comes with the page, the others when they are asked for.
import { signal } from "@preact/signals";
import type { ComponentChild } from "preact";
import { en } from "./en";

export type Key = keyof typeof en;
export type Entry = string | { one: string; other: string };
export type Dictionary = Record<Key, Entry>;
export type Language = "en" | "de" | "pseudo";
type Values = Record<string, string | number>;

export const language = signal<Language>("en");
const dictionary = signal<Dictionary>(en);

/** For `Intl` and the `lang` attribute. The pseudo-language is English stretched, to find words that go round the dictionary. */
export function locale(): string {
    return language.value === "de" ? "de" : "en";
}

/** As `locale`, with the person's own region, for days and figures. */
export function region(): string {
    return navigator.languages.find((one) => one.startsWith(locale())) ?? locale();
}

export async function speak(next: Language): Promise<void> {
    if (next === "de") dictionary.value = (await import("./de")).de;
    else if (next === "pseudo") dictionary.value = (await import("./pseudo")).pseudo(en);
    else dictionary.value = en;
    language.value = next;
    document.documentElement.lang = locale();
}

function entry(key: Key, n: number | undefined): string {
    // A word of a newer program must not break a screen: it is shown as it is.
    const found = dictionary.value[key] as Entry | undefined;
    if (found === undefined) return key.slice(key.lastIndexOf(".") + 1).replaceAll("_", " ");
    if (typeof found === "string") return found;
    const rule = new Intl.PluralRules(locale()).select(n ?? 0);
    return rule === "one" ? found.one : found.other;
}

/** The words for a key; `{name}` in them becomes the value, `n` decides between one and many. */
export function t(key: Key, values: Values = {}): string {
    const n = typeof values.n === "number" ? values.n : undefined;
    return entry(key, n).replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = values[name];
        if (value === undefined) return whole;
        return typeof value === "number" ? number(value) : value;
    });
}

/** As `t`, for values that are elements: a name isolated from the direction of the words around it. */
export function rich(key: Key, values: Record<string, ComponentChild>): ComponentChild[] {
    const n = typeof values.n === "number" ? values.n : undefined;
    return entry(key, n).split(/(\{\w+\})/g).map((part) => {
        const name = /^\{(\w+)\}$/.exec(part)?.[1];
        if (name === undefined) return part;
        const value = values[name];
        return typeof value === "number" ? number(value) : value;
    });
}

/** True if a word list has this key: for words that come from the program. */
export function has(key: string): key is Key {
    return key in en;
}

/** The words for one of the program's own words (`known`, `champion`); the word itself where there are none. */
export function term(group: string, word: string): string {
    const key = `${group}.${word}`;
    return has(key) ? t(key) : word.replaceAll("_", " ");
}

export function number(value: number): string {
    return new Intl.NumberFormat(region(), { maximumFractionDigits: 1 }).format(value);
}
