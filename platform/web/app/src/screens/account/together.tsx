// What both sides have agreed to do, beside each other: their commitments and what we do to help them.
import { Check, Handshake, Plus, X } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import type { Commitment, StoredRecord } from "../../backend/schema";
import { Dialog } from "../../parts/dialog";
import { Failure, Said, Section } from "../../parts/bits";
import { did } from "../../parts/changes";
import { text } from "../../state/names";
import { call, info } from "../../state/program";
import { useQuery } from "../../state/query";
import { rich, t, term } from "../../words";
import { civil } from "../../words/dates";

const looks: Record<string, string> = { overdue: "warn", kept: "good", dropped: "", open: "calm", done: "good" };

async function set(table: string, id: string, state: string): Promise<void> {
    const { act } = await call("record.put", { table, id, fields: { state } });
    did(t("together.marked", { state: term("commitment", state) }), act);
}

function Theirs({ one, now }: { one: Commitment; now: boolean }) {
    const open = one.state === "open" || one.state === "overdue";
    return (
        <li class="stack tight">
            <p class="row small"><span class={`chip ${looks[one.state] ?? ""}`}>{term("commitment", one.state)}</span>{one.due && <span class="soft">{t("together.due", { day: civil(one.due) })}</span>}</p>
            <p><Said>{one.text}</Said>{one.owner && <span class="soft"> — <Said>{one.owner.name}</Said></span>}</p>
            {open && now && (
                <p class="row">
                    <button class="button" type="button" onClick={() => void set("commitment", one.id, "kept")}><Check size={16} aria-hidden="true" />{t("together.kept")}<span class="visually-hidden">: <Said>{one.text}</Said></span></button>
                    <button class="button plain" type="button" onClick={() => void set("commitment", one.id, "dropped")}><X size={16} aria-hidden="true" />{t("together.dropped")}<span class="visually-hidden">: <Said>{one.text}</Said></span></button>
                </p>
            )}
        </li>
    );
}

function Ours({ task, theirs }: { task: StoredRecord; theirs: Commitment[] }) {
    const helps = theirs.find((one) => one.id === task.helps);
    const state = text(task, "state") || "open";
    return (
        <li class="stack tight">
            <p class="row small"><span class={`chip ${looks[state] ?? ""}`}>{term("commitment", state)}</span>{text(task, "due") && <span class="soft">{t("together.due", { day: civil(text(task, "due")) })}</span>}</p>
            <p><Said>{text(task, "text")}</Said></p>
            <p class="tiny soft">{helps ? rich("together.helps", { what: <Said>{helps.text}</Said> }) : t("together.serves_us")}</p>
            {state === "open" && <p><button class="button" type="button" onClick={() => void set("task", task.id, "done")}><Check size={16} aria-hidden="true" />{t("together.done")}<span class="visually-hidden">: <Said>{text(task, "text")}</Said></span></button></p>}
        </li>
    );
}

function AddTask({ account, theirs, close }: { account: string; theirs: Commitment[]; close: () => void }) {
    const [words, setWords] = useState("");
    const [due, setDue] = useState("");
    const [helps, setHelps] = useState("");
    const [failed, setFailed] = useState<RpcError | null>(null);
    const save = async (event: Event) => {
        event.preventDefault();
        try {
            const fields = { account, text: words.trim(), owner: info.value?.user, state: "open", ...(due ? { due } : {}), ...(helps ? { helps } : {}) };
            did(t("together.added"), (await call("record.put", { table: "task", fields })).act);
            close();
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        }
    };
    return (
        <Dialog title={t("together.add")} close={close}>
            <form class="stack" onSubmit={save}>
                <div class="field"><label for="task-text">{t("together.what")}</label><input id="task-text" type="text" required value={words} onInput={(event) => setWords(event.currentTarget.value)} /></div>
                <div class="field"><label for="task-due">{t("together.by")}</label><input id="task-due" type="date" value={due} onInput={(event) => setDue(event.currentTarget.value)} /></div>
                <div class="field">
                    <label for="task-helps">{t("together.which_helps")}</label>
                    <select id="task-helps" value={helps} onChange={(event) => setHelps(event.currentTarget.value)}>
                        <option value="">{t("together.helps_none")}</option>
                        {theirs.filter((one) => one.state !== "kept").map((one) => <option key={one.id} value={one.id} data-said>{one.text}</option>)}
                    </select>
                </div>
                {failed && <Failure error={failed} />}
                <p class="row"><button class="button main" type="submit">{t("save")}</button><button class="button plain" type="button" onClick={close}>{t("cancel")}</button></p>
            </form>
        </Dialog>
    );
}

export function Together({ account, theirs, now }: { account: string; theirs: Commitment[]; now: boolean }) {
    const [adding, setAdding] = useState(false);
    const tasks = useQuery("record.list", { table: "task", where: { account }, order: "due", limit: 200 }, ["task"]).data?.records ?? [];
    const order = ["overdue", "open", "kept", "dropped"];
    const sorted = [...theirs].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.due ?? "9").localeCompare(b.due ?? "9"));
    return (
        <div class="both">
            <Section id="theirs" title={t("together.theirs")}>
                {sorted.length === 0 ? <p class="card quiet soft small">{t("together.theirs_none")}</p> : <ul class="list card">{sorted.map((one) => <Theirs key={one.id} one={one} now={now} />)}</ul>}
            </Section>
            <Section id="ours" title={t("together.ours")} beside={now && <button class="button" type="button" onClick={() => setAdding(true)}><Plus size={16} aria-hidden="true" />{t("together.add")}</button>}>
                {tasks.length === 0 ? <p class="card quiet soft small row"><Handshake size={18} aria-hidden="true" />{t("together.ours_none")}</p> : <ul class="list card">{tasks.map((task) => <Ours key={task.id} task={task} theirs={theirs} />)}</ul>}
            </Section>
            {adding && <AddTask account={account} theirs={theirs} close={() => setAdding(false)} />}
        </div>
    );
}
