// Where this device keeps its store, how much room there is, and whether the browser may clear it.
import { useEffect, useState } from "preact/hooks";
import { Section } from "../../parts/bits";
import { say } from "../../parts/toast";
import { askToKeep, backend, host } from "../../state/program";
import { t } from "../../words";

const mega = 1_048_576;

export function Storage() {
    const [room, setRoom] = useState<StorageEstimate | null>(null);
    const worker = backend().kind === "worker";
    useEffect(() => {
        if (worker) void navigator.storage?.estimate().then(setRoom, () => undefined);
    }, [worker]);
    const persist = async () => {
        say(t((await askToKeep()) ? "storage.persisted" : "storage.not_persisted"));
    };
    return (
        <Section id="storage" title={t("settings.storage")}>
            <div class="card stack">
                {!worker ? <p>{t("storage.program")}</p> : (
                    <>
                        <p>{t(host.value?.storage === "memory" ? "storage.memory" : host.value?.persisted ? "storage.persisted" : "storage.browser")}</p>
                        {room?.usage !== undefined && room.quota !== undefined && <p class="small soft">{t("storage.room", { used: Math.ceil(room.usage / mega), of: Math.round(room.quota / mega) })}</p>}
                        {host.value?.storage !== "memory" && host.value?.persisted !== true && <p><button class="button" type="button" onClick={() => void persist()}>{t("storage.ask")}</button></p>}
                    </>
                )}
            </div>
        </Section>
    );
}
