// What a review came to: who helps them with what, what to ask them, who does it, what was noticed.
import { Said } from "../../parts/bits";
import { t, type Key } from "../../words";

interface Shown {
    head: Key;
    rows: { text: string; beside: string }[];
}

function words(value: unknown): string {
    if (typeof value === "string") return value;
    if (value && typeof value === "object" && "name" in value) return String((value as { name: unknown }).name);
    return "";
}

function rows(list: unknown): Shown["rows"] {
    if (!Array.isArray(list)) return [];
    return list.map((one: unknown) => {
        if (typeof one === "string") return { text: one, beside: "" };
        const row = one as Record<string, unknown>;
        const beside = [words(row.by), words(row.to), words(row.owner), words(row.for), words(row.due)].filter(Boolean).join(" · ");
        return { text: words(row.text) || words(row.question) || words(row), beside };
    }).filter((row) => row.text);
}

export function Outcome({ outcome }: { outcome: Record<string, unknown>; conversation: string }) {
    const parts: Shown[] = [
        { head: "outcome.findings", rows: rows(outcome.findings) },
        { head: "outcome.questions", rows: rows(outcome.questions) },
        { head: "outcome.help", rows: rows(outcome.help) },
        { head: "outcome.owners", rows: rows(outcome.owners) },
    ];
    return (
        <div class="stack">
            {parts.filter((part) => part.rows.length > 0).map((part) => (
                <div key={part.head} class="stack tight">
                    <h3>{t(part.head)}</h3>
                    <ul class="list">{part.rows.map((row, index) => <li key={index}><Said>{row.text}</Said>{row.beside && <><br /><span class="small soft"><Said>{row.beside}</Said></span></>}</li>)}</ul>
                </div>
            ))}
        </div>
    );
}
