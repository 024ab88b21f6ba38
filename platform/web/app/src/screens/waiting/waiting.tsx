// How this device stands with the server: what waits, what was refused and why, and what to do about each.
import { CloudOff, HardDrive, RefreshCw, Share2 } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import { Empty, Failure, Head, Loading, Section } from "../../parts/bits";
import { say } from "../../parts/toast";
import { call, goOnline, readSync, sync } from "../../state/program";
import { t, type Key } from "../../words";
import { moment } from "../../words/dates";
import { Refused } from "./refused";
import { UnsentChanges } from "./unsent";

function stateKey(state: string): Key {
    return ({ offline: "waiting.offline", connecting: "sync.connecting", syncing: "waiting.syncing", caught_up: "waiting.fine", revoked: "sync.revoked" } as Record<string, Key>)[state] ?? "sync.starting";
}

export default function Waiting() {
    const [failed, setFailed] = useState<RpcError | null>(null);
    const [busy, setBusy] = useState(false);
    const status = sync.value;
    if (!status) return <div class="page narrow"><Head title={t("waiting.title")} /><Loading /></div>;
    const now = async () => {
        setBusy(true);
        setFailed(null);
        try {
            if (status.state === "offline") await goOnline();
            const done = await call("sync.once", { timeout_s: 20 });
            say(t("waiting.done", { pushed: done.pushed, pulled: done.pulled }));
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        } finally {
            setBusy(false);
            await readSync().catch(() => undefined);
        }
    };
    return (
        <div class="page narrow">
            <Head title={t("waiting.title")} />
            <div class="stack wide">
                {!status.enrolled ? (
                    <div class="card"><Empty icon={<HardDrive size={32} aria-hidden="true" />} title={t("waiting.local")}><p>{t("waiting.local_next")}</p><a class="button" href="/settings#join">{t("settings.join")}</a></Empty></div>
                ) : (
                    <section class="card stack" aria-labelledby="server">
                        <h2 id="server" class="row">{status.state === "offline" ? <CloudOff size={22} aria-hidden="true" /> : <RefreshCw size={22} aria-hidden="true" />}{t(stateKey(status.state))}</h2>
                        <p>{status.pending > 0 ? t("waiting.pending", { n: status.pending }) : t("waiting.nothing_pending")} {status.last_caught_up && t("waiting.last", { time: moment(status.last_caught_up) })}</p>
                        {status.progress && <p class="small"><progress max={status.progress.records_of || 1} value={status.progress.records_done} aria-label={t("waiting.first_sync")} /> {t("waiting.records", { done: status.progress.records_done, of: status.progress.records_of })}</p>}
                        {status.detail && <p class="small soft"><bdi>{status.detail}</bdi></p>}
                        {status.clock_skew_ms !== null && Math.abs(status.clock_skew_ms) > 120_000 && <p class="small">{t("waiting.clock", { n: Math.round(Math.abs(status.clock_skew_ms) / 60_000) })}</p>}
                        {failed && <Failure error={failed} />}
                        <p><button class="button" type="button" disabled={busy || status.state === "revoked"} onClick={() => void now()}><RefreshCw size={18} aria-hidden="true" />{t(busy ? "waiting.trying" : "waiting.now")}</button></p>
                    </section>
                )}
                {status.enrolled && <UnsentChanges />}
                {status.conflicts > 0 && (
                    <p class="card row apart"><span class="grow">{t("today.conflicts", { n: status.conflicts })}</span><a class="button main" href="/conflicts">{t("conflicts.settle")}</a></p>
                )}
                {status.parked.length > 0 && (
                    <Section id="refused" title={t("refused.title", { n: status.parked.length })}>
                        <ul class="list card">{status.parked.map((one) => <Refused key={one.n} one={one} />)}</ul>
                    </Section>
                )}
                {status.enrolled && status.parked.length === 0 && status.conflicts === 0 && <p class="soft small row"><Share2 size={16} aria-hidden="true" />{t("waiting.no_refused")}</p>}
            </div>
        </div>
    );
}
