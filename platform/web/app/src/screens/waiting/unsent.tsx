// Every change that the server has not answered yet: what it says in plain words, for whom, since when, and the way back.
import { Trash2 } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import type { ChangedRecord, Pending } from "../../backend/schema";
import { Failure, Said, Section } from "../../parts/bits";
import { did, tell } from "../../parts/changes";
import { Value } from "../../parts/value";
import { call, sync } from "../../state/program";
import { useQuery } from "../../state/query";
import { has, t, term } from "../../words";
import { moment } from "../../words/dates";

const page_size = 100;
const short_most = 80;

function short(value: unknown): unknown {
    if (typeof value !== "string" || value.length <= short_most) return value;
    return `${[...value].slice(0, short_most).join("")}…`;
}

/** Each field that people know by a word, and what it says now. */
function Fields({ record }: { record: ChangedRecord }) {
    // What a record is called stands above, and the customer beside it.
    const above = record.kind === "made" ? ["account", ...["name", "title", "text"].filter((field) => record.fields[field] === record.name)] : [];
    const written = Object.entries(record.fields as Record<string, unknown>).map(([field, value]) => {
        const [name = field, element] = field.split("/");
        return { field, name, value: element && value === true ? element : value };
    }).filter(({ name }) => has(`field.${name}`) && !above.includes(name));
    if (written.length === 0) return null;
    return (
        <dl class="small written">
            {written.map(({ field, name, value }) => <div key={field}><dt class="soft">{term("field", name)}</dt><dd><Value table={record.table} field={name} value={short(value)} /></dd></div>)}
        </dl>
    );
}

function Unsent({ one }: { one: Pending }) {
    const [failed, setFailed] = useState<RpcError | null>(null);
    const discard = async () => {
        try {
            const turn = await call("sync.pending.discard", { n: one.n });
            if (turn.done) did(t("unsent.discarded"), turn.act?.id);
            else tell(turn, "undo");
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        }
    };
    return (
        <li class="stack tight" data-n={one.n}>
            <p class="row apart tiny soft"><span>{one.account && <a href={`/accounts/${one.account.id}`}><Said>{one.account.name || "…"}</Said></a>}</span><span>{moment(one.at)}</span></p>
            {one.sealed && <p>{t("unsent.sealed")}</p>}
            {one.records.map((record) => (
                <div key={record.id}>
                    <p><span class="chip">{term("unsent", record.kind)}</span> {term("table", record.table)}{record.name && <>: <span class="strong"><Said>{record.name}</Said></span></>}</p>
                    {record.kind !== "deleted" && <Fields record={record} />}
                </div>
            ))}
            {failed && <Failure error={failed} />}
            {one.discardable && <p><button class="button plain" type="button" onClick={() => void discard()}><Trash2 size={16} aria-hidden="true" />{t("unsent.discard")}<span class="visually-hidden">: <Said>{one.records[0]?.name}</Said></span></button></p>}
            {!one.discardable && one.standing === "counts" && !one.sealed && <p class="tiny soft">{t("unsent.said")}</p>}
        </li>
    );
}

export function UnsentChanges() {
    const [limit, setLimit] = useState(page_size);
    const read = useQuery("sync.pending", { limit });
    // The server's answer changes no record: it is seen by what still waits.
    const waits = sync.value?.pending ?? 0;
    useEffect(() => read.again(), [waits]);
    if (read.error) return <Failure error={read.error} again={read.again} />;
    const changes = read.data?.changes ?? [];
    if (changes.length === 0) return null;
    const counting = changes.filter((one) => one.standing === "counts");
    const cancelled = changes.filter((one) => one.standing !== "counts");
    return (
        <Section id="unsent" title={t("unsent.title")}>
            <div class="card stack">
                {counting.length === 0 && <p class="soft">{t("unsent.none_counts")}</p>}
                <ul class="list">{counting.map((one) => <Unsent key={one.n} one={one} />)}</ul>
                {read.data?.next !== undefined && limit < 1000 && <p><button class="button" type="button" onClick={() => setLimit(Math.min(1000, limit * 3))}>{t("unsent.more")}</button></p>}
                {read.data?.next !== undefined && limit >= 1000 && <p class="soft small">{t("unsent.many", { n: waits - changes.length })}</p>}
                {cancelled.length > 0 && (
                    <details>
                        <summary>{t("unsent.cancelled", { n: cancelled.length })}</summary>
                        <p class="small soft">{t("unsent.cancelled_note")}</p>
                        <ul class="list">{cancelled.map((one) => <Unsent key={one.n} one={one} />)}</ul>
                    </details>
                )}
            </div>
        </Section>
    );
}
