// Everything out, in two presses.
import { Download } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import { Failure, Section } from "../../parts/bits";
import { download } from "../../parts/download";
import { call } from "../../state/program";
import { t } from "../../words";
import { today } from "../../words/dates";

const types = { json: "application/json", csv: "text/csv", markdown: "text/markdown" } as const;
const endings = { json: "json", csv: "csv", markdown: "md" } as const;

export function Export() {
    const [failed, setFailed] = useState<RpcError | null>(null);
    const save = async (format: keyof typeof types) => {
        try {
            const { text } = await call("export", { format });
            download(`debrief-${today()}.${endings[format]}`, types[format], text);
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        }
    };
    return (
        <Section id="export" title={t("settings.export")}>
            <div class="card stack">
                <p class="small soft">{t("export.note")}</p>
                <p class="row">
                    {(["json", "csv", "markdown"] as const).map((format) => (
                        <button key={format} class="button" type="button" onClick={() => void save(format)}><Download size={17} aria-hidden="true" />{t(`export.${format}`)}</button>
                    ))}
                </p>
                {failed && <Failure error={failed} />}
            </div>
        </Section>
    );
}
