// What two people wrote without sight of each other, side by side. One press settles it, and can be taken back.
import { Split } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../backend/backend";
import type { Conflict, VersionValue } from "../backend/schema";
import { Empty, Failure, Head, Loading, Said } from "../parts/bits";
import { did } from "../parts/changes";
import { Value } from "../parts/value";
import { text, useName } from "../state/names";
import { call, info } from "../state/program";
import { useQuery } from "../state/query";
import { t, term } from "../words";
import { moment } from "../words/dates";

function About({ conflict }: { conflict: Conflict }) {
    const record = useQuery("record.get", { table: conflict.table, id: conflict.record }, [conflict.table]).data;
    const account = useName("account", conflict.table === "account" ? conflict.record : text(record, "account"));
    const own = text(record, "name") || text(record, "title") || text(record, "text");
    return <><Said>{account}</Said>{own && own !== account && <> · <Said>{own}</Said></>}</>;
}

function Choice({ version, conflict, keep, shown }: { version: VersionValue; conflict: Conflict; keep: () => void; shown: boolean }) {
    const mine = version.author === info.value?.user;
    return (
        <li class="card stack tight">
            <p class="small soft row">{mine ? t("conflicts.you") : <Said>{version.author_name ?? "…"}</Said>} · {moment(version.at)}{shown && <span class="chip">{t("conflicts.shown")}</span>}</p>
            <div class="strong"><Value table={conflict.table} field={conflict.field} value={version.value} /></div>
            <p><button class="button main" type="button" onClick={keep}>{t(mine ? "conflicts.keep_mine" : "conflicts.keep_theirs")}</button></p>
        </li>
    );
}

function OneConflict({ conflict }: { conflict: Conflict }) {
    const [failed, setFailed] = useState<RpcError | null>(null);
    const settle = async (value: unknown) => {
        try {
            did(t("conflicts.settled"), (await call("conflict.resolve", { id: conflict.id, value })).act);
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        }
    };
    const texts = conflict.versions.map((version) => version.value).filter((value): value is string => typeof value === "string");
    const prose = ["note", "text", "objective", "answer", "findings", "outcome_reason"].includes(conflict.field) && texts.length === conflict.versions.length;
    return (
        <section class="stack" aria-labelledby={`c-${conflict.id}`}>
            <div>
                <h2 id={`c-${conflict.id}`}><About conflict={conflict} /></h2>
                <p class="small soft">{term("field", conflict.field)}</p>
            </div>
            <ul class="cards">
                {conflict.versions.map((version, index) => <Choice key={index} version={version} conflict={conflict} shown={JSON.stringify(version.value) === JSON.stringify(conflict.shown)} keep={() => void settle(version.value)} />)}
            </ul>
            {prose && <p><button class="button" type="button" onClick={() => void settle(texts.join("\n"))}>{t("conflicts.keep_both")}</button></p>}
            {failed && <Failure error={failed} />}
        </section>
    );
}

export default function Conflicts() {
    const read = useQuery("conflict.list", {});
    const conflicts = read.data?.conflicts;
    return (
        <div class="page narrow">
            <Head title={t("conflicts.title")} />
            {read.error && <Failure error={read.error} again={read.again} />}
            {!conflicts ? <Loading /> : conflicts.length === 0 ? (
                <div class="card"><Empty icon={<Split size={32} aria-hidden="true" />} title={t("conflicts.none")}><p>{t("conflicts.none_note")}</p></Empty></div>
            ) : (
                <div class="stack wide">
                    <p class="soft">{t("conflicts.note")}</p>
                    {conflicts.map((conflict) => <OneConflict key={conflict.id} conflict={conflict} />)}
                </div>
            )}
        </div>
    );
}
