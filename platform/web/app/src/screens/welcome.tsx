// The first minute: begin alone on this device, or join a team. Nothing is asked that is not needed.
import { HardDrive, Users } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../backend/backend";
import { Banners } from "../parts/banners";
import { Failure } from "../parts/bits";
import { call, readInfo } from "../state/program";
import { locale, t } from "../words";

export default function Welcome() {
    const [name, setName] = useState("");
    const [workspace, setWorkspace] = useState("");
    const [failed, setFailed] = useState<RpcError | null>(null);
    const [busy, setBusy] = useState(false);
    const begin = async (event: Event) => {
        event.preventDefault();
        if (!name.trim() || busy) return;
        setBusy(true);
        try {
            await call("store.init", { user: name.trim(), workspace: workspace.trim() || t("welcome.own_workspace", { name: name.trim() }), language: locale() === "de" ? "de" : "en" });
            history.replaceState(null, "", "/");
            await readInfo();
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        } finally {
            setBusy(false);
        }
    };
    return (
        <>
            <Banners />
            <main class="page narrow welcome stack wide">
                <header class="stack tight">
                    <p class="brand"><img src="/icons/icon.svg" alt="" width={30} height={30} /> <span>Debrief</span></p>
                    <h1 tabIndex={-1} id="page-title">{t("welcome.title")}</h1>
                    <p class="soft">{t("welcome.text")}</p>
                </header>
                <form class="card stack" onSubmit={begin}>
                    <h2 class="row"><HardDrive size={22} aria-hidden="true" />{t("welcome.alone")}</h2>
                    <p class="small soft">{t("welcome.alone_note")}</p>
                    <div class="field"><label for="your-name">{t("welcome.name")}</label><input id="your-name" type="text" autocomplete="name" required maxLength={200} value={name} onInput={(event) => setName(event.currentTarget.value)} /></div>
                    <div class="field"><label for="workspace">{t("welcome.workspace")}</label><input id="workspace" type="text" autocomplete="organization" maxLength={200} value={workspace} onInput={(event) => setWorkspace(event.currentTarget.value)} /></div>
                    {failed && <Failure error={failed} />}
                    <p><button class="button main large" type="submit" disabled={busy}>{t("welcome.begin")}</button></p>
                </form>
                <section class="card quiet stack" aria-labelledby="join-team">
                    <h2 id="join-team" class="row"><Users size={22} aria-hidden="true" />{t("welcome.team")}</h2>
                    <p class="small soft">{t("welcome.team_note")}</p>
                    <p><a class="button" href="/join">{t("welcome.have_invitation")}</a></p>
                </section>
            </main>
        </>
    );
}
