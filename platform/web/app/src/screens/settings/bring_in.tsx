// Records from files: what would happen is shown first, bad rows are named with their line, good ones go in.
import { Upload } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Params } from "../../backend/backend";
import { RpcError } from "../../backend/backend";
import type { ImportReport } from "../../backend/schema";
import { Failure, Said, Section } from "../../parts/bits";
import { say } from "../../parts/toast";
import { call } from "../../state/program";
import { t } from "../../words";

type Format = Params<"import">["format"];

function formatOf(name: string, text: string): Format {
    if (/\.ics$/i.test(name) || text.startsWith("BEGIN:VCALENDAR")) return "ics";
    return /contact|people|kontakt/i.test(name) ? "contacts-csv" : "crm-csv";
}

export function BringIn() {
    const [file, setFile] = useState<{ name: string; text: string; format: Format } | null>(null);
    const [report, setReport] = useState<ImportReport | null>(null);
    const [failed, setFailed] = useState<RpcError | null>(null);
    const [busy, setBusy] = useState(false);
    const run = async (chosen: { name: string; text: string; format: Format }, trial: boolean) => {
        setBusy(true);
        setFailed(null);
        try {
            const result = await call("import", { format: chosen.format, text: chosen.text, dry_run: trial });
            if (trial) setReport(result);
            else {
                say(t("bring.done", { created: result.created, changed: result.changed }));
                setFile(null);
                setReport(null);
            }
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        } finally {
            setBusy(false);
        }
    };
    const choose = async (event: Event) => {
        const picked = (event.currentTarget as HTMLInputElement).files?.[0];
        if (!picked) return;
        const text = await picked.text();
        const chosen = { name: picked.name, text, format: formatOf(picked.name, text) };
        setFile(chosen);
        setReport(null);
        await run(chosen, true);
    };
    return (
        <Section id="bring-in" title={t("settings.bring_in")}>
            <div class="card stack">
                <p class="small soft">{t("bring.note")}</p>
                <div class="field"><label for="file">{t("bring.file")}</label><input id="file" type="file" accept=".csv,.ics,text/csv,text/calendar" onChange={(event) => void choose(event)} /></div>
                {failed && <Failure error={failed} />}
                {file && report && (
                    <div class="stack tight" role="status">
                        <p><Said>{file.name}</Said>: {t("bring.would", { created: report.created, changed: report.changed, unchanged: report.unchanged })}</p>
                        {report.anomalies.length > 0 && <ul class="list small">{report.anomalies.slice(0, 6).map((one) => <li key={one.kind + one.done}>{t("bring.times", { n: one.count })} <Said>{one.done}</Said></li>)}</ul>}
                        {report.rejected.length > 0 && (
                            <details><summary>{t("bring.rejected", { n: report.rejected.length })}</summary>
                                <ul class="list small">{report.rejected.slice(0, 50).map((one) => <li key={`${one.line}${one.reason}`}>{t("bring.line", { line: one.line })} <Said>{one.reason}</Said></li>)}</ul>
                            </details>
                        )}
                        <p><button class="button main" type="button" disabled={busy} onClick={() => void run(file, false)}><Upload size={18} aria-hidden="true" />{t("bring.in")}</button></p>
                    </div>
                )}
            </div>
        </Section>
    );
}
