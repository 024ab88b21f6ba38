// The program in this browser: WebAssembly in a worker, which keeps the store in the browser's private file system.
import type { Backend, HostState, Listener, MethodName, Params, Result } from "./backend";
import { PendingCalls } from "./pending_calls";

/** Kept beside the store, and not cleared with it when the browser makes room: so the page sees that there was one. */
const keptMark = "debrief.kept";

function marked(): boolean {
    try {
        return localStorage.getItem(keptMark) !== null;
    } catch {
        return false;
    }
}

function mark(kept: boolean): void {
    try {
        if (kept) localStorage.setItem(keptMark, "1");
        else localStorage.removeItem(keptMark);
    } catch {
        // A browser that keeps nothing.
    }
}

export class WorkerBackend implements Backend {
    readonly kind = "worker";
    private readonly calls = new PendingCalls();
    private readonly worker: Worker;

    constructor(url = "/core/worker.js") {
        this.worker = new Worker(url, { type: "module", name: "debrief" });
        this.worker.onmessage = (event) => this.take(event.data as Parameters<PendingCalls["take"]>[0]);
        this.worker.onerror = () => {
            this.calls.failAll();
            this.calls.tell({ method: "door", params: { state: "lost" } });
        };
    }

    callHost(method: string, params: Record<string, unknown> = {}): Promise<unknown> {
        if (method === "host.persist") return this.persist();
        if (method === "host.wipe") mark(false);
        const { request, answer } = this.calls.open(method, params);
        this.worker.postMessage(request);
        return answer;
    }

    call<M extends MethodName>(method: M, params?: Params<M>): Promise<Result<M>> {
        return this.callHost(method, (params ?? {}) as Record<string, unknown>) as Promise<Result<M>>;
    }

    /** Only a page may ask the browser for this. What it said comes as a `host` notification as well. */
    private async persist(): Promise<{ persisted: boolean | null }> {
        const persisted = (await navigator.storage?.persist?.().catch(() => null)) ?? null;
        const state = (await this.callHost("host.status")) as HostState;
        this.calls.tell({ method: "host", params: { ...state, persisted: persisted ?? state.persisted ?? null } });
        return { persisted };
    }

    private take(said: Parameters<PendingCalls["take"]>[0]): void {
        if (said.method === "host") {
            const host = said.params as HostState & { fresh?: boolean };
            if (host.storage === "opfs" && host.fresh === false) mark(true);
            else if (host.fresh === true && marked()) host.evicted = true;
        }
        this.calls.take(said);
    }

    on(listener: Listener): () => void {
        return this.calls.on(listener);
    }
}
