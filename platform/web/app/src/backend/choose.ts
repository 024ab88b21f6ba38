// Which program this page talks to: the one behind `debrief open`, else the one in this browser.
import type { Backend } from "./backend";

const kept = "debrief.secret";

/** `debrief open` marks the page that it serves; `debrief serve` does not. */
export function servedByOpen(): boolean {
    return document.querySelector('meta[name="debrief-door"][content="rpc"]') !== null;
}

/** This run's secret. It is taken out of the address, so that no bookmark and no look over the shoulder keeps it. */
function secretOfThisRun(): string {
    const fragment = new URLSearchParams(location.hash.slice(1)).get("secret");
    if (fragment === null) return sessionStorage.getItem(kept) ?? "";
    sessionStorage.setItem(kept, fragment);
    history.replaceState(history.state, "", location.pathname + location.search);
    return fragment;
}

export async function chooseBackend(): Promise<Backend> {
    if (servedByOpen()) {
        const { SocketBackend } = await import("./socket");
        return new SocketBackend(`ws://${location.host}/rpc`, secretOfThisRun());
    }
    const { WorkerBackend } = await import("./worker");
    return new WorkerBackend();
}
