// A change that the server did not take: why, what it says, and the ways out.
import { Download, RotateCcw, Trash2 } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import type { Parked } from "../../backend/schema";
import { Failure, Said } from "../../parts/bits";
import { download } from "../../parts/download";
import { doLater, say } from "../../parts/toast";
import { call, readSync } from "../../state/program";
import { t, term } from "../../words";
import { moment } from "../../words/dates";

function valueOf(value: unknown): string {
    return typeof value === "string" ? value : value === null ? "–" : JSON.stringify(value);
}

export function Refused({ one }: { one: Parked }) {
    const [failed, setFailed] = useState<RpcError | null>(null);
    const [hidden, setHidden] = useState(false);
    const attempt = (work: Promise<unknown>) => work.then(readSync).catch((error: unknown) => error instanceof RpcError && setFailed(error));
    const retry = () => attempt(call("sync.parked.retry", { n: one.n }).then(() => say(t("refused.sent_again"))));
    const save = () => attempt(call("sync.parked.export", { n: one.n }).then((file) => download(`refused-${one.n}.txt`, "text/plain", file.text)));
    const discard = () => {
        setHidden(true);
        doLater(t("refused.discarded"), () => void attempt(call("sync.parked.discard", { n: one.n })), () => setHidden(false));
    };
    if (hidden) return null;
    return (
        <li class="stack tight">
            <p class="row apart"><span class="strong">{term("refusal", one.code)}</span><span class="tiny soft">{moment(one.at)}</span></p>
            {one.records.map((record) => (
                <details key={record.id}>
                    <summary>{term("table", record.table)}</summary>
                    <dl class="stack tight small">
                        {Object.entries(record.fields).map(([field, value]) => <div key={field}><dt class="soft">{term("field", field)}</dt><dd><Said>{valueOf(value)}</Said></dd></div>)}
                    </dl>
                </details>
            ))}
            {failed && <Failure error={failed} />}
            <p class="row">
                <button class="button" type="button" onClick={() => void retry()}><RotateCcw size={16} aria-hidden="true" />{t("refused.retry")}</button>
                <button class="button plain" type="button" onClick={() => void save()}><Download size={16} aria-hidden="true" />{t("refused.export")}</button>
                <button class="button plain danger" type="button" onClick={discard}><Trash2 size={16} aria-hidden="true" />{t("refused.discard")}</button>
            </p>
        </li>
    );
}
