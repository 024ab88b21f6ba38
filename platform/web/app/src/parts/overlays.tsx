// The command palette and the list of keys, and the keys that work everywhere.
import { lazy, useLocation } from "preact-iso";
import { Suspense } from "preact/compat";
import { useLayoutEffect, useRef } from "preact/hooks";
import { info } from "../state/program";
import { singleKeys } from "../state/look";
import { redoNewest, undoNewest } from "./changes";
import { closeOverlay, openKeys, openPalette, overlay } from "./palette_door";

const Palette = lazy(() => import("../screens/palette"));
const Keys = lazy(() => import("../screens/keys"));

/** After `g`, the place to go to. */
export const places: Record<string, string> = { t: "/", a: "/accounts", p: "/practice", m: "/team", s: "/settings", w: "/waiting" };

/** Where the browser's own undo belongs: a text. */
function writing(target: EventTarget | null): boolean {
    if (target instanceof HTMLInputElement) return !/^(checkbox|radio|range|button|submit|file)$/.test(target.type);
    return target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement);
}

/** Ctrl or Cmd with Z, with Shift and Z, or with Y. */
function turnOf(event: KeyboardEvent): (() => void) | undefined {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
    const key = event.key.toLowerCase();
    if (key === "z") return event.shiftKey ? redoNewest : undoNewest;
    return key === "y" && !event.shiftKey ? redoNewest : undefined;
}

function typing(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function Overlays() {
    const { route } = useLocation();
    const afterG = useRef(false);
    // Heard from the moment a screen stands: a listener that is added after the paint misses the first key, and one that
    // forgets at a change of address misses what follows a `g`.
    useLayoutEffect(() => {
        const hear = (event: KeyboardEvent) => {
            if (!info.value?.user) return;
            if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
                event.preventDefault();
                openPalette();
                return;
            }
            const turn = turnOf(event);
            if (turn && !writing(event.target) && !overlay.value) {
                event.preventDefault();
                turn();
                return;
            }
            if (!singleKeys.value || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || overlay.value) return;
            const place = afterG.current ? places[event.key] : undefined;
            afterG.current = event.key === "g";
            if (place) route(place);
            else if (event.key === "?") openKeys();
            else if (event.key === "/") {
                event.preventDefault();
                openPalette();
            }
        };
        addEventListener("keydown", hear);
        return () => removeEventListener("keydown", hear);
    }, [route]);
    if (!overlay.value) return null;
    return <Suspense fallback={null}>{overlay.value === "palette" ? <Palette close={closeOverlay} /> : <Keys close={closeOverlay} />}</Suspense>;
}
