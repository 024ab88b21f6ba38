// Joining a team's workspace with an invitation: its secret stands behind the # of the link, which no request carries.
import { KeyRound } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../backend/backend";
import { Banners } from "../parts/banners";
import { Failure, Head, Said } from "../parts/bits";
import { call, goOnline, info, readInfo } from "../state/program";
import { forgetAll } from "../state/query";
import { chosenLanguage } from "../state/look";
import { rich, speak, t } from "../words";

/** Taken out of the address at once, so that it stays in no history. */
function invitationInAddress(): string {
    if (location.hash.length < 2) return "";
    const whole = location.href;
    history.replaceState(history.state, "", location.pathname);
    return whole;
}

export default function Join() {
    const [invitation, setInvitation] = useState(invitationInAddress);
    const [failed, setFailed] = useState<RpcError | null>(null);
    const [local, setLocal] = useState<"upload" | "discard" | undefined>(undefined);
    const [busy, setBusy] = useState(false);
    const alone = info.value?.user && !info.value.enrolled;
    const join = async (event: Event) => {
        event.preventDefault();
        if (!invitation.trim() || busy) return;
        setBusy(true);
        setFailed(null);
        try {
            await call("sync.join", { invitation: invitation.trim(), ...(local ? { local } : {}) });
            forgetAll();
            history.replaceState(null, "", "/");
            await readInfo();
            await speak(chosenLanguage(info.value?.language));
            await goOnline();
            location.assign("/");
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        } finally {
            setBusy(false);
        }
    };
    if (info.value?.enrolled) {
        return (
            <div class="page narrow"><Head title={t("join.already")} /><div class="card stack">
                <p>{rich("join.already_text", { workspace: <Said>{info.value.workspace_name}</Said>, name: <Said>{info.value.user_name}</Said> })}</p>
                <p><a class="button main" href="/">{t("done.today")}</a></p>
            </div></div>
        );
    }
    const body = (
        <div class="page narrow">
            <Head title={t("join.title")} />
            <form class="card stack" onSubmit={join}>
                <p>{t(invitation ? "join.ready" : "join.paste")}</p>
                <div class="field"><label for="invitation">{t("join.link")}</label><input id="invitation" type="text" required autocomplete="off" spellcheck={false} value={invitation} onInput={(event) => setInvitation(event.currentTarget.value)} /></div>
                {alone && (
                    <fieldset class="segments">
                        <legend>{t("join.local")}</legend>
                        {(["upload", "discard"] as const).map((one) => (
                            <label key={one}><input type="radio" name="local" checked={local === one} onChange={() => setLocal(one)} required /><span>{t(`join.${one}`)}</span></label>
                        ))}
                    </fieldset>
                )}
                {failed && <Failure error={failed} />}
                <p class="row"><button class="button main large" type="submit" disabled={busy}><KeyRound size={20} aria-hidden="true" />{t(busy ? "join.joining" : "join.join")}</button>{!info.value?.user && <a class="button plain" href="/">{t("join.alone")}</a>}</p>
                <p class="tiny soft">{t("join.note")}</p>
            </form>
        </div>
    );
    return info.value?.user ? body : <><Banners /><main>{body}</main></>;
}
