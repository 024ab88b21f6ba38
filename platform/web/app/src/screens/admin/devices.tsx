import { Smartphone } from "lucide-preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../parts/dialog";
import { Failure, Loading, Said } from "../../parts/bits";
import { call, info } from "../../state/program";
import { useQuery } from "../../state/query";
import { rich, t } from "../../words";
import { moment } from "../../words/dates";
import { useAttempt } from "./use_admin";

interface Device {
    id: string;
    name: string;
    user: string;
}

export function Devices() {
    const read = useQuery("admin.device.list", {}, ["device"]);
    const [asked, setAsked] = useState<Device | null>(null);
    const { failed, run } = useAttempt(read.again);
    if (read.error) return <Failure error={read.error} again={read.again} />;
    if (!read.data) return <Loading />;
    return (
        <div class="stack">
            {failed && <Failure error={failed} />}
            <ul class="list card">
                {read.data.devices.map((device) => (
                    <li key={device.id} class="row apart">
                        <span class="grow"><span class="strong row"><Smartphone size={17} aria-hidden="true" /><Said>{device.user}</Said>{device.id === info.value?.device && <span class="chip">{t("devices.this")}</span>}</span>
                            <span class="small soft"><Said>{device.name}</Said> · {device.seen_at ? t("devices.seen", { time: moment(device.seen_at) }) : t("devices.never_seen")}</span></span>
                        {device.revoked ? <span class="chip bad">{device.wiped_at ? t("devices.wiped", { time: moment(device.wiped_at) }) : t("devices.revoked")}</span> : <button class="button plain danger" type="button" onClick={() => setAsked(device)}>{t("devices.revoke")}<span class="visually-hidden">: <Said>{device.user}</Said></span></button>}
                    </li>
                ))}
            </ul>
            {asked && (
                <Dialog title={rich("devices.sure", { name: <Said>{asked.user}</Said> })} close={() => setAsked(null)}>
                    <p>{t("devices.what")}</p>
                    <p class="row"><button class="button danger" type="button" onClick={() => { void run(() => call("admin.device.revoke", { device: asked.id }), t("devices.done")); setAsked(null); }}>{t("devices.revoke")}</button><button class="button" type="button" onClick={() => setAsked(null)}>{t("cancel")}</button></p>
                </Dialog>
            )}
        </div>
    );
}
