// The frame around every screen.
import { Search } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { info } from "../state/program";
import { t } from "../words";
import { Banners } from "./banners";
import { Places } from "./nav";
import { openPalette } from "./palette_door";
import { SyncState } from "./sync_state";
import { Toasts } from "./toast";

function Brand() {
    return (
        <a class="brand" href="/">
            <img src="/icons/icon.svg" alt="" width={30} height={30} />
            <span>Debrief</span>
        </a>
    );
}

export function Shell({ children }: { children: ComponentChildren }) {
    return (
        <>
            <a class="skip-link" href="#page-title" onClick={toTitle}>{t("skip_link")}</a>
            <div class="shell">
                <nav class="rail nav" aria-label={t("nav.label")}><div>
                    <Brand />
                    <Places />
                    <p class="foot tiny soft"><bdi>{info.value?.user_name}</bdi><br /><bdi>{info.value?.workspace_name}</bdi></p>
                </div></nav>
                <header class="topbar">
                    <Brand />
                    <button class="button plain finder" type="button" onClick={openPalette}>
                        <Search size={20} aria-hidden="true" />
                        <span class="label">{t("palette.short")}</span>
                        <kbd aria-hidden="true">{/Mac|iP/.test(navigator.platform) ? "⌘K" : "Ctrl K"}</kbd>
                    </button>
                    <span class="space" />
                    <SyncState />
                </header>
                <div class="content">
                    <Banners />
                    <main id="main">{children}</main>
                </div>
                <nav class="tabbar nav" aria-label={t("nav.label_bottom")}><Places /></nav>
            </div>
            <Toasts />
        </>
    );
}

/** A fragment in the address would be one more page; the link only moves the focus. */
function toTitle(event: Event): void {
    event.preventDefault();
    document.getElementById("page-title")?.focus();
}
