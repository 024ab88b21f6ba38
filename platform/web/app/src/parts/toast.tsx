// A short word after an act, and the way back from it. A destructive act is only carried out when its time to undo is over,
// or the page goes.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../words";

interface Toast {
    id: number;
    text: string;
    undo?: () => void;
    timer: ReturnType<typeof setTimeout>;
    /** Carries out what waited; called once, unless it was undone. */
    settle?: () => void;
}

const shown = signal<Toast[]>([]);
/** Acts of this page that can be taken back, the newest last, for as long as the page lives. */
const acts: (() => void)[] = [];
const acts_most = 50;
const stay_ms = 8_000;
let lastId = 0;

function remove(id: number): Toast | undefined {
    const found = shown.value.find((toast) => toast.id === id);
    if (!found) return undefined;
    clearTimeout(found.timer);
    shown.value = shown.value.filter((toast) => toast.id !== id);
    return found;
}

/** Says that something is done; `undo` takes it back. */
export function say(text: string, undo?: () => void): void {
    const id = ++lastId;
    const back = undo && once(undo);
    if (back) remember(back);
    shown.value = [...shown.value.slice(-2), { id, text, undo: back, timer: setTimeout(() => remove(id), stay_ms) }];
}

function once(act: () => void): () => void {
    const back = () => {
        const at = acts.indexOf(back);
        if (at < 0) return;
        acts.splice(at, 1);
        act();
    };
    return back;
}

function remember(back: () => void): void {
    acts.push(back);
    if (acts.length > acts_most) acts.shift();
}

/** Takes back the newest act that can be: what Ctrl or Cmd and Z does outside of a text. */
export function undoNewest(): void {
    const waiting = shown.value.findLast((toast) => toast.settle);
    if (waiting) {
        remove(waiting.id)?.undo?.();
        return;
    }
    const back = acts.at(-1);
    if (!back) return;
    back();
    say(t("undone"));
}

/** Does something that cannot be taken back: only after the time to undo. */
export function doLater(text: string, act: () => void, undone: () => void = () => undefined): void {
    const id = ++lastId;
    const timer = setTimeout(() => remove(id)?.settle?.(), stay_ms);
    shown.value = [...shown.value, { id, text, undo: undone, settle: act, timer }];
}

function settleAll(): void {
    for (const toast of shown.value) remove(toast.id)?.settle?.();
}

export function Toasts() {
    useEffect(() => {
        addEventListener("pagehide", settleAll);
        return () => removeEventListener("pagehide", settleAll);
    }, []);
    return (
        <div class="toasts" role="status" aria-live="polite">
            {shown.value.map((toast) => (
                <div class="toast" key={toast.id}>
                    <span class="grow"><bdi>{toast.text}</bdi></span>
                    {toast.undo && (
                        <button class="button" type="button" onClick={() => remove(toast.id)?.undo?.()}>{t("undo")}</button>
                    )}
                </div>
            ))}
        </div>
    );
}
