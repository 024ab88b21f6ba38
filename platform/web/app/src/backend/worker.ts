// The program in this browser: WebAssembly in a worker, which keeps the store in the browser's private file system.
import type { Backend, Listener, MethodName, Params, Result } from "./backend";
import { PendingCalls } from "./pending_calls";

export class WorkerBackend implements Backend {
    readonly kind = "worker";
    private readonly calls = new PendingCalls();
    private readonly worker: Worker;

    constructor(url = "/core/worker.js") {
        this.worker = new Worker(url, { type: "module", name: "debrief" });
        this.worker.onmessage = (event) => this.calls.take(event.data as Parameters<PendingCalls["take"]>[0]);
        this.worker.onerror = () => {
            this.calls.failAll();
            this.calls.tell({ method: "door", params: { state: "lost" } });
        };
    }

    callHost(method: string, params: Record<string, unknown> = {}): Promise<unknown> {
        const { request, answer } = this.calls.open(method, params);
        this.worker.postMessage(request);
        return answer;
    }

    call<M extends MethodName>(method: M, params?: Params<M>): Promise<Result<M>> {
        return this.callHost(method, (params ?? {}) as Record<string, unknown>) as Promise<Result<M>>;
    }

    on(listener: Listener): () => void {
        return this.calls.on(listener);
    }
}
