// The program behind `debrief open`: JSON-RPC objects as text frames of one WebSocket on loopback. The secret of this run
// stands in the URL's fragment, which no request carries; it is the first thing said.
import type { Backend, Listener, MethodName, Params, Result } from "./backend";
import { doorLost } from "./backend";
import { PendingCalls } from "./pending_calls";

const retry_first_ms = 400;
const retry_longest_ms = 5_000;
const refused_code = 4401; // The close code of a wrong secret.

export class SocketBackend implements Backend {
    readonly kind = "socket";
    private readonly calls = new PendingCalls();
    private socket: WebSocket | null = null;
    private ready: Promise<void>;
    private markReady: () => void = () => undefined;
    private retry_ms = retry_first_ms;
    private refused = false;

    constructor(
        private readonly url: string,
        private readonly secret: string,
    ) {
        this.ready = new Promise((resolve) => (this.markReady = resolve));
        this.connect();
    }

    private connect(): void {
        const socket = new WebSocket(this.url);
        this.socket = socket;
        let welcomed = false;
        socket.onopen = () => {
            socket.send(JSON.stringify({ jsonrpc: "2.0", id: 0, method: "page.enter", params: { secret: this.secret } }));
        };
        socket.onmessage = (event) => {
            const said = JSON.parse(String(event.data)) as { id?: unknown; error?: unknown };
            if (!welcomed && said.id === 0) {
                if (said.error) {
                    this.refused = true;
                    socket.close();
                    return;
                }
                welcomed = true;
                this.retry_ms = retry_first_ms;
                this.markReady();
                this.calls.tell({ method: "door", params: { state: "open" } });
                return;
            }
            this.calls.take(said as Parameters<PendingCalls["take"]>[0]);
        };
        socket.onclose = (event) => {
            if (event.code === refused_code) this.refused = true;
            this.lost();
        };
    }

    private lost(): void {
        this.socket = null;
        this.ready = new Promise((resolve) => (this.markReady = resolve));
        this.calls.failAll();
        this.calls.tell({ method: "door", params: { state: this.refused ? "refused" : "lost" } });
        if (this.refused) return;
        setTimeout(() => this.connect(), this.retry_ms);
        this.retry_ms = Math.min(this.retry_ms * 2, retry_longest_ms);
    }

    async callHost(method: string, params: Record<string, unknown> = {}): Promise<unknown> {
        if (this.refused) throw doorLost();
        await this.ready;
        const { request, answer } = this.calls.open(method, params);
        this.socket?.send(JSON.stringify(request));
        return answer;
    }

    call<M extends MethodName>(method: M, params?: Params<M>): Promise<Result<M>> {
        return this.callHost(method, (params ?? {}) as Record<string, unknown>) as Promise<Result<M>>;
    }

    on(listener: Listener): () => void {
        return this.calls.on(listener);
    }
}
