// Work of people who lost an account before they synced: filed where it belongs, or dropped for good.
import { Inbox } from "lucide-preact";
import { Empty, Failure, Loading, Said } from "../../parts/bits";
import { doLater } from "../../parts/toast";
import { call } from "../../state/program";
import { useQuery } from "../../state/query";
import { rich, t, term } from "../../words";
import { moment } from "../../words/dates";
import { useAttempt } from "./use_admin";

export function Handovers() {
    const read = useQuery("admin.handover.list", {});
    const { failed, run } = useAttempt(read.again);
    if (read.error) return <Failure error={read.error} again={read.again} />;
    if (!read.data) return <Loading />;
    if (read.data.handover.length === 0) return <div class="card"><Empty icon={<Inbox size={32} aria-hidden="true" />} title={t("handover.none")}><p>{t("handover.note")}</p></Empty></div>;
    return (
        <div class="stack">
            <p class="soft">{t("handover.note")}</p>
            {failed && <Failure error={failed} />}
            <ul class="list card">{read.data.handover.map((one) => (
                <li key={one.id} class="stack tight">
                    <p><span class="strong">{rich("handover.by", { name: <Said>{one.author_name}</Said>, account: <Said>{one.account_name ?? "…"}</Said> })}</span><br /><span class="small soft">{t("handover.records", { n: one.count })} · {moment(one.at)}</span></p>
                    {(one.records ?? []).map((record) => <p key={record.id} class="small soft">{term("table", record.table)}: <Said>{String((record.fields as Record<string, unknown> | null)?.text ?? (record.fields as Record<string, unknown> | null)?.name ?? "…")}</Said></p>)}
                    <p class="row">
                        <button class="button" type="button" onClick={() => void run(() => call("admin.handover.file", { id: one.id }), t("handover.filed"))}>{t("handover.file")}</button>
                        <button class="button plain danger" type="button" onClick={() => doLater(t("handover.dropped"), () => void run(() => call("admin.handover.drop", { id: one.id }), ""))}>{t("handover.drop")}</button>
                    </p>
                </li>
            ))}</ul>
        </div>
    );
}
