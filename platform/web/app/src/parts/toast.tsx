// A short word after an act, and the way back from it. A destructive act is only carried out when its time to undo is over,
// or the page goes.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../words";

interface Toast {
    id: number;
    text: string;
    undo?: () => void;
    /** What the way back is called, where it is not an undo. */
    label?: string;
    /** The program knows this act, and its order among the others: changes.ts. */
    act?: boolean;
    /** One of a kind stands at a time. */
    kind?: string;
    timer: ReturnType<typeof setTimeout>;
    /** Carries out what waited; called once, unless it was undone. */
    settle?: () => void;
}

const shown = signal<Toast[]>([]);
const shown_most = 3;
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
export function say(text: string, undo?: () => void, more: Pick<Toast, "label" | "act" | "kind"> = {}): void {
    const id = ++lastId;
    for (const toast of shown.value) if (more.kind && toast.kind === more.kind) remove(toast.id);
    // What is only done later stays until then.
    const kept = shown.value.filter((toast, index) => toast.settle || index > shown.value.length - shown_most);
    shown.value = [...kept, { id, text, undo, ...more, timer: setTimeout(() => remove(id), stay_ms) }];
}

/** Takes back what only this page knows of, if it stands here and is the newest that can be. */
export function takeBackShown(): boolean {
    const newest = shown.value.findLast((toast) => toast.settle || toast.undo);
    if (!newest || newest.act) return false;
    remove(newest.id)?.undo?.();
    if (!newest.settle) say(t("undone"));
    return true;
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
                        <button class="button" type="button" onClick={() => remove(toast.id)?.undo?.()}>{toast.label ?? t("undo")}</button>
                    )}
                </div>
            ))}
        </div>
    );
}
