// The one place that says how this device stands with the server: fine, syncing, offline, or in need of you.
import { AlertTriangle, Check, CloudOff, HardDrive, RefreshCw } from "lucide-preact";
import { door, sync } from "../state/program";
import { clock } from "../words/dates";
import { t } from "../words";

export function SyncState() {
    const status = sync.value;
    const { look, icon: Icon, text } = describe(status);
    return (
        <a class={`sync ${look}`} href="/waiting">
            <Icon size={18} aria-hidden="true" />
            <span role="status">{text}</span>
        </a>
    );
}

function describe(status: typeof sync.value) {
    if (door.value !== "open") return { look: "needs", icon: AlertTriangle, text: t("sync.door_lost") };
    if (!status) return { look: "", icon: HardDrive, text: t("sync.starting") };
    const asked = status.parked.length + status.conflicts;
    if (status.state === "revoked") return { look: "needs", icon: AlertTriangle, text: t("sync.revoked") };
    if (asked > 0) return { look: "needs", icon: AlertTriangle, text: t("sync.needs", { n: asked }) };
    if (!status.enrolled) return { look: "", icon: HardDrive, text: t("sync.local") };
    if (status.state === "offline") {
        const time = status.last_caught_up ? clock(status.last_caught_up) : null;
        const text = status.pending > 0 ? t("sync.offline_pending", { n: status.pending })
            : time ? t("sync.offline_since", { time }) : t("sync.offline");
        return { look: "", icon: CloudOff, text };
    }
    if (status.state === "caught_up" && status.pending === 0) return { look: "", icon: Check, text: t("sync.fine") };
    if (status.state === "connecting") return { look: "busy", icon: RefreshCw, text: t("sync.connecting") };
    return { look: "busy", icon: RefreshCw, text: status.pending > 0 ? t("sync.syncing", { n: status.pending }) : t("sync.syncing_down") };
}
