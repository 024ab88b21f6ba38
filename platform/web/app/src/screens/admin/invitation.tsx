// One invitation for one device: to scan with the phone, or to copy. It works once.
import { Copy } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { encode } from "uqr";
import { RpcError } from "../../backend/backend";
import { Dialog } from "../../parts/dialog";
import { Failure, Loading, Said } from "../../parts/bits";
import { say } from "../../parts/toast";
import { call } from "../../state/program";
import { rich, t } from "../../words";

function Code({ text }: { text: string }) {
    const { data, size } = encode(text, { border: 0, ecc: "M" });
    const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
    return <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t("invite.code")} shape-rendering="crispEdges"><path d={path} fill="#000" /></svg>;
}

export function Invitation({ user, close }: { user: { id: string; name: string }; close: () => void }) {
    const [made, setMade] = useState<{ invitation: string; valid_hours: number } | null>(null);
    const [failed, setFailed] = useState<RpcError | null>(null);
    useEffect(() => {
        call("admin.invite", { user: user.id }).then(setMade, (error: unknown) => error instanceof RpcError && setFailed(error));
    }, [user.id]);
    const copy = async () => {
        await navigator.clipboard.writeText(made?.invitation ?? "");
        say(t("invite.copied"));
    };
    return (
        <Dialog title={rich("invite.title", { name: <Said>{user.name}</Said> })} close={close}>
            {failed ? <Failure error={failed} /> : !made ? <Loading /> : (
                <div class="qr">
                    <Code text={made.invitation} />
                    <p class="small soft">{t("invite.scan", { n: made.valid_hours })}</p>
                    <p class="mono" data-said>{made.invitation}</p>
                    <button class="button main" type="button" onClick={() => void copy()}><Copy size={17} aria-hidden="true" />{t("invite.copy")}</button>
                </div>
            )}
        </Dialog>
    );
}
