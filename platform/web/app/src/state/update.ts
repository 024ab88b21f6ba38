// The service worker: keeps the page for days without a network, and a new version waits until the person says so.
import { signal } from "@preact/signals";
import { servedByOpen } from "../backend/choose";

/** True while a newer version waits. */
export const update = signal(false);
let waiting: ServiceWorker | null = null;
const before = new Set<() => Promise<unknown>>();

/** Runs `keep` before the page is loaded anew, so that nothing typed is lost. Returns how to stop that. */
export function beforeUpdate(keep: () => Promise<unknown>): () => void {
    before.add(keep);
    return () => before.delete(keep);
}

function found(worker: ServiceWorker | null): void {
    if (!worker || !navigator.serviceWorker.controller) return;
    waiting = worker;
    update.value = true;
}

export async function useUpdate(): Promise<void> {
    await Promise.allSettled([...before].map((keep) => keep()));
    waiting?.postMessage("take over");
}

export function watchForUpdates(): void {
    // The page of `debrief open` is of no use without its program, and the next one has another port.
    if (!("serviceWorker" in navigator) || import.meta.env.DEV || servedByOpen()) return;
    const controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
        if (controlled) location.reload();
    });
    void navigator.serviceWorker.register("/sw.js").then((registration) => {
        found(registration.waiting);
        registration.addEventListener("updatefound", () => {
            const coming = registration.installing;
            coming?.addEventListener("statechange", () => {
                if (coming.state === "installed") found(coming);
            });
        });
        const hourly_ms = 3_600_000;
        setInterval(() => void registration.update().catch(() => undefined), hourly_ms);
    }, () => undefined);
}
