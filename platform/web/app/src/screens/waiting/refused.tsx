// A change that the server did not take: why, what it says, and the ways out.
import { Download, Pencil, RotateCcw, Trash2 } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import type { Parked } from "../../backend/schema";
import { Dialog } from "../../parts/dialog";
import { Failure, Said } from "../../parts/bits";
import { download } from "../../parts/download";
import { doLater, say } from "../../parts/toast";
import { call, readSync } from "../../state/program";
import { t, term } from "../../words";
import { moment } from "../../words/dates";

function valueOf(value: unknown): string {
    return typeof value === "string" ? value : value === null ? "–" : JSON.stringify(value);
}

/** Other values for one refused record; only texts are put right by hand. */
function Fix({ one, close, failed, send }: { one: Parked; close: () => void; failed: RpcError | null; send: (id: string, fields: Record<string, unknown>) => void }) {
    const record = one.records[0];
    const texts = Object.entries((record?.fields ?? {}) as Record<string, unknown>).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    const [values, setValues] = useState<Record<string, string>>(Object.fromEntries(texts));
    if (!record) return null;
    return (
        <Dialog title={term("table", record.table)} close={close}>
            <form class="stack" onSubmit={(event) => { event.preventDefault(); send(record.id, values); }}>
                <p class="small soft">{t("refused.fix_note")}</p>
                {texts.map(([field]) => (
                    <div key={field} class="field"><label for={`fix-${field}`}>{term("field", field)}</label><input id={`fix-${field}`} type="text" value={values[field]} onInput={(event) => setValues({ ...values, [field]: event.currentTarget.value })} /></div>
                ))}
                {failed && <Failure error={failed} />}
                <p class="row"><button class="button main" type="submit">{t("refused.send_fixed")}</button><button class="button plain" type="button" onClick={close}>{t("cancel")}</button></p>
            </form>
        </Dialog>
    );
}

export function Refused({ one }: { one: Parked }) {
    const [failed, setFailed] = useState<RpcError | null>(null);
    const [hidden, setHidden] = useState(false);
    const [fixing, setFixing] = useState(false);
    const fix = (id: string, fields: Record<string, unknown>) => attempt(call("sync.parked.fix", { n: one.n, id, fields }).then(() => { setFixing(false); say(t("refused.sent_again")); }));
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
                <button class="button plain" type="button" onClick={() => setFixing(true)}><Pencil size={16} aria-hidden="true" />{t("refused.fix")}</button>
                <button class="button plain" type="button" onClick={() => void save()}><Download size={16} aria-hidden="true" />{t("refused.export")}</button>
                <button class="button plain danger" type="button" onClick={discard}><Trash2 size={16} aria-hidden="true" />{t("refused.discard")}</button>
            </p>
            {fixing && <Fix one={one} close={() => setFixing(false)} failed={failed} send={(id, fields) => void fix(id, fields)} />}
        </li>
    );
}
