// What was understood, each finding with the words it came from: to accept, to put right, or to leave out. Nothing counts before.
import { Check, Pencil, Quote, Trash2 } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Item } from "../../backend/schema";
import { Said, Words } from "../../parts/bits";
import { say } from "../../parts/toast";
import { t, term } from "../../words";
import { civil } from "../../words/dates";
import type { Talk } from "./use_talk";

export function ItemHead({ item }: { item: Item }) {
    return (
        <p class="row small">
            <span class="chip calm">{term("dimension", item.dimension)}</span>
            {item.person && <span class="strong"><Said>{item.person.name}</Said></span>}
            {item.dates.map((date, index) => (
                <span key={index} class="soft"><Said>{date.text}</Said> = {civil(date.value)}</span>
            ))}
        </p>
    );
}

function Correcting({ item, done, save }: { item: Item; done: () => void; save: (text: string) => void }) {
    const [text, setText] = useState(item.text);
    return (
        <form class="stack tight" onSubmit={(event) => { event.preventDefault(); if (text.trim()) save(text.trim()); }}>
            <label class="small strong" for={`fix-${item.id}`}>{t("confirm.in_your_words")}</label>
            <textarea id={`fix-${item.id}`} dir="auto" rows={3} value={text} autofocus ref={(field) => field?.focus()} onInput={(event) => setText(event.currentTarget.value)} />
            <p class="row">
                <button class="button main" type="submit">{t("save")}</button>
                <button class="button plain" type="button" onClick={done}>{t("cancel")}</button>
            </p>
        </form>
    );
}

function Proposed({ item, number, talk }: { item: Item; number: number; talk: Talk }) {
    const [correcting, setCorrecting] = useState(false);
    const quote = item.source?.quote;
    const drop = async () => {
        if (await talk.act("drop", item.id)) say(t("confirm.left_out"), () => void talk.act("undo"));
    };
    const save = async (text: string) => {
        setCorrecting(false);
        await talk.act("correct", item.id, text);
    };
    return (
        <li class="stack tight proposed" aria-label={t("confirm.finding", { n: number })}>
            <ItemHead item={item} />
            {correcting ? <Correcting item={item} done={() => setCorrecting(false)} save={save} /> : (
                <>
                    <Words>{item.text}</Words>
                    {quote && quote !== item.text && <blockquote class="quote small"><Quote size={14} aria-hidden="true" /> <Said>{quote}</Said></blockquote>}
                    <p class="row">
                        <button class="button" type="button" disabled={talk.busy} onClick={() => void talk.act("confirm", item.id)}><Check size={17} aria-hidden="true" />{t("confirm.right")}</button>
                        <button class="button plain" type="button" disabled={talk.busy} onClick={() => setCorrecting(true)}><Pencil size={16} aria-hidden="true" />{t("confirm.correct")}</button>
                        <button class="button plain" type="button" disabled={talk.busy} onClick={() => void drop()}><Trash2 size={16} aria-hidden="true" />{t("confirm.leave_out")}</button>
                    </p>
                </>
            )}
        </li>
    );
}

export function ConfirmCard({ talk }: { talk: Talk }) {
    const card = useRef<HTMLElement>(null);
    useEffect(() => card.current?.scrollIntoView({ block: "start" }), []);
    const open = talk.understood.filter((item) => item.state === "proposed");
    const counted = talk.understood.filter((item) => item.state === "confirmed").length;
    return (
        <section ref={card} class="card stack confirm" aria-labelledby="understood">
            <div>
                <h2 id="understood">{open.length > 0 ? t("confirm.title") : t("confirm.nothing_left")}</h2>
                <p class="small soft">{counted > 0 ? t("confirm.counted", { n: counted }) : t("confirm.nothing_counts")}</p>
            </div>
            {open.length > 0 && <ol class="list">{open.map((item, index) => <Proposed key={item.id} item={item} number={index + 1} talk={talk} />)}</ol>}
            <p class="row">
                <button class="button main large" type="button" disabled={talk.busy} onClick={() => void talk.act("confirm")}>
                    <Check size={20} aria-hidden="true" />{open.length > 0 ? t("confirm.all", { n: open.length }) : t("confirm.finish")}
                </button>
                <button class="button plain" type="button" disabled={talk.busy} onClick={() => void talk.act("resume")}>{t("confirm.ask_more")}</button>
            </p>
        </section>
    );
}
