import { FileCheck2 } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import type { EntryReason } from "../../backend/schema";
import { Failure, Said, Section } from "../../parts/bits";
import { call } from "../../state/program";
import { useQuery } from "../../state/query";
import { t } from "../../words";
import { useAttempt } from "./use_admin";

function Findings({ list, title }: { list: EntryReason[]; title: string }) {
    if (list.length === 0) return null;
    return <div class="stack tight"><h3>{title}</h3><ul class="list small">{list.map((one, index) => <li key={index}><span class="strong"><Said>{one.entry}</Said></span>: <Said>{one.reason}</Said></li>)}</ul></div>;
}

export function Playbooks() {
    const read = useQuery("playbook.list", {}, ["playbook"]);
    const [text, setText] = useState<string | null>(null);
    const [checked, setChecked] = useState<{ errors: EntryReason[]; warnings: EntryReason[] } | null>(null);
    const [broken, setBroken] = useState<RpcError | null>(null);
    const { failed, busy, run } = useAttempt(read.again);
    const choose = async (event: Event) => {
        const file = (event.currentTarget as HTMLInputElement).files?.[0];
        if (!file) return;
        const words = await file.text();
        setText(words);
        setChecked(null);
        setBroken(null);
        call("playbook.check", { playbook: words }).then(setChecked, (error: unknown) => error instanceof RpcError && setBroken(error));
    };
    return (
        <div class="stack wide">
            <section class="card stack" aria-labelledby="upload">
                <h2 id="upload">{t("playbooks.upload")}</h2>
                <p class="small soft">{t("playbooks.note")}</p>
                <div class="field"><label for="playbook">{t("playbooks.file")}</label><input id="playbook" type="file" accept=".json,application/json" onChange={(event) => void choose(event)} /></div>
                {broken && <Failure error={broken} />}
                {checked && (
                    <div class="stack" role="status">
                        <p class="row strong"><FileCheck2 size={20} aria-hidden="true" />{checked.errors.length === 0 ? t("playbooks.sound", { n: checked.warnings.length }) : t("playbooks.broken", { n: checked.errors.length })}</p>
                        <Findings list={checked.errors} title={t("playbooks.errors")} />
                        <Findings list={checked.warnings} title={t("playbooks.warnings")} />
                        {checked.errors.length === 0 && <p><button class="button main" type="button" disabled={busy} onClick={() => void run(() => call("playbook.publish", { playbook: text }), t("playbooks.published"))}>{t("playbooks.publish")}</button></p>}
                    </div>
                )}
                {failed && <Failure error={failed} />}
            </section>
            <Section id="playbooks" title={t("admin.playbooks")}>
                <ul class="list card">{(read.data?.playbooks ?? []).map((one) => (
                    <li key={one.id + one.version} class="row apart"><span class="grow"><span class="strong"><Said>{one.name ?? one.id}</Said></span> <span class="small soft">{t("playbooks.version", { version: one.version })} · {t(`kind.${one.kind}`)}</span></span>{one.active && <span class="chip good">{t("playbooks.active")}</span>}</li>
                ))}</ul>
            </Section>
        </div>
    );
}
