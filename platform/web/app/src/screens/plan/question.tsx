// One question of a call plan: who is asked, why it stands here, and the ways to change it.
import { Check, Pencil, Trash2, Undo2 } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import type { Plan, PlanQuestion, StoredRecord } from "../../backend/schema";
import { Failure, Said } from "../../parts/bits";
import { text } from "../../state/names";
import { rich, t, term } from "../../words";
import { putQuestion } from "./writing";

export interface QuestionWords {
    text: string;
    to: string;
}

export function QuestionForm({ start, people, save, cancel, id }: { id: string; start: QuestionWords; people: StoredRecord[]; save: (words: QuestionWords) => Promise<void>; cancel: () => void }) {
    const [words, setWords] = useState(start.text);
    const [to, setTo] = useState(start.to);
    const [failed, setFailed] = useState<RpcError | null>(null);
    const submit = async (event: Event) => {
        event.preventDefault();
        if (!words.trim()) return;
        await save({ text: words.trim(), to }).catch((error: unknown) => error instanceof RpcError && setFailed(error));
    };
    return (
        <form class="stack tight" onSubmit={submit}>
            <div class="field"><label for={`q-${id}`}>{t("plan.question")}</label><textarea id={`q-${id}`} rows={2} dir="auto" value={words} ref={(field) => { if (field && !field.value) field.focus(); }} onInput={(event) => setWords(event.currentTarget.value)} /></div>
            <div class="field">
                <label for={`to-${id}`}>{t("plan.to_whom")}</label>
                <select id={`to-${id}`} value={to} onChange={(event) => setTo(event.currentTarget.value)}>
                    <option value="">{t("plan.to_anybody")}</option>
                    {people.map((person) => <option key={person.id} value={person.id} data-said>{text(person, "name")}</option>)}
                </select>
            </div>
            {failed && <Failure error={failed} />}
            <p class="row"><button class="button main" type="submit">{t("save")}</button><button class="button plain" type="button" onClick={cancel}>{t("cancel")}</button></p>
        </form>
    );
}

export function Question({ account, plan, question, people }: { account: string; plan: Plan; question: PlanQuestion; people: StoredRecord[] }) {
    const [editing, setEditing] = useState(false);
    const done = question.status === "asked" || question.status === "answered";
    const put = (changes: Record<string, unknown>, words: string) => putQuestion(account, plan, question, changes, words);
    if (editing) {
        return (
            <li class="question">
                <QuestionForm id={question.id} start={{ text: question.text, to: question.to?.id ?? "" }} people={people} cancel={() => setEditing(false)}
                    save={async (words) => { await put({ text: words.text, to: words.to || null, edited: true }, t("saved")); setEditing(false); }} />
            </li>
        );
    }
    return (
        <li class="question">
            <p class={`text strong ${done ? "asked" : ""}`}><Said>{question.text}</Said></p>
            <p class="small soft row">
                {question.to && <span>{rich("plan.to", { name: <Said>{question.to.name}</Said> })}</span>}
                <span class="chip">{term("short", question.dimension)}</span>
                {done && <span class="chip good">{t("plan.asked")}</span>}
            </p>
            {question.because.text && <p class="small soft"><Said>{question.because.text}</Said></p>}
            <p class="row no-print">
                <button class="button plain" type="button" onClick={() => void put({ status: done ? "open" : "asked" }, t(done ? "plan.open_again" : "plan.marked_asked"))}>
                    {done ? <Undo2 size={16} aria-hidden="true" /> : <Check size={16} aria-hidden="true" />}{t(done ? "plan.not_asked" : "plan.mark_asked")}<span class="visually-hidden">: <Said>{question.text}</Said></span>
                </button>
                <button class="button plain" type="button" onClick={() => setEditing(true)}><Pencil size={16} aria-hidden="true" />{t("edit")}<span class="visually-hidden">: <Said>{question.text}</Said></span></button>
                <button class="button plain" type="button" onClick={() => void put({ status: "dropped" }, t("plan.dropped"))}><Trash2 size={16} aria-hidden="true" />{t("plan.drop")}<span class="visually-hidden">: <Said>{question.text}</Said></span></button>
            </p>
        </li>
    );
}
