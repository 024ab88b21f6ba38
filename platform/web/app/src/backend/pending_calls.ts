// Requests that wait for their answers, and listeners. What both backends share.
import { doorLost, RpcError, type Listener, type Notification, type RpcErrorData } from "./backend";

interface Waiting {
    resolve(result: unknown): void;
    reject(error: unknown): void;
}

interface Incoming {
    id?: number | string | null;
    method?: string;
    params?: unknown;
    result?: unknown;
    error?: { code: number; message: string; data?: RpcErrorData };
}

export class PendingCalls {
    private readonly waiting = new Map<number, Waiting>();
    private readonly listeners = new Set<Listener>();
    private lastId = 0;

    /** Makes the request object; the promise settles when `take` gets its answer. */
    open(method: string, params: unknown): { request: { jsonrpc: "2.0"; id: number; method: string; params: unknown }; answer: Promise<unknown> } {
        const id = ++this.lastId;
        const answer = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
        return { request: { jsonrpc: "2.0", id, method, params }, answer };
    }

    /** Takes one JSON-RPC object that came in. */
    take(incoming: Incoming): void {
        if (incoming.method !== undefined) {
            this.tell({ method: incoming.method, params: incoming.params } as Notification);
            return;
        }
        const id = Number(incoming.id);
        const call = this.waiting.get(id);
        if (!call) return;
        this.waiting.delete(id);
        if (incoming.error) {
            call.reject(new RpcError(incoming.error.code, incoming.error.message, incoming.error.data));
        } else {
            call.resolve(incoming.result);
        }
    }

    /** No answer can come any more. */
    failAll(): void {
        const calls = [...this.waiting.values()];
        this.waiting.clear();
        for (const call of calls) call.reject(doorLost());
    }

    tell(notification: Notification): void {
        for (const listener of [...this.listeners]) listener(notification);
    }

    on(listener: Listener): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }
}
