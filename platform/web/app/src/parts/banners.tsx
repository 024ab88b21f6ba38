// What everybody has to know whatever they look at: storage that does not last, an update, a device that was cut off.
import { door, host, keepRefused, sync } from "../state/program";
import { update, useUpdate } from "../state/update";
import { t } from "../words";

export function Banners() {
    const status = sync.value;
    return (
        <>
            {door.value === "refused" && <p class="banner bad" role="alert">{t("banner.refused")}</p>}
            {status?.state === "revoked" && !status.wiped && (
                <div class="banner bad" role="alert">
                    <p class="grow">{t("banner.revoked")}</p>
                    <a class="button" href="/settings">{t("banner.export")}</a>
                </div>
            )}
            {host.value?.storage === "memory" && (
                <div class="banner" role="alert">
                    <p class="grow">{t("banner.memory")}</p>
                    <a class="button" href="/settings">{t("banner.export")}</a>
                </div>
            )}
            {host.value?.evicted && <p class="banner" role="alert">{t("banner.evicted")}</p>}
            {keepRefused.value && (
                <div class="banner calm">
                    <p class="grow">{t("banner.not_persisted")}</p>
                    <a class="button" href="/settings">{t("banner.export")}</a>
                </div>
            )}
            {update.value && (
                <div class="banner calm" role="status">
                    <p class="grow">{t("banner.update")}</p>
                    <button class="button main" type="button" onClick={useUpdate}>{t("banner.update_now")}</button>
                </div>
            )}
        </>
    );
}
