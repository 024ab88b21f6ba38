// What every screen talks to: the program's JSON-RPC methods, wherever the program runs. `socket.ts` reaches the one
// behind `debrief open`, `worker.ts` the one in this browser. The types of methods come from the schema.
import type { Methods, Notifications } from "./schema";

export type MethodName = keyof Methods;
export type Params<M extends MethodName> = Methods[M]["params"];
export type Result<M extends MethodName> = Methods[M]["result"];

/** `data.code` is a word for programs, `data.reason` says what happened, `data.hint` what to do next; all as docs/rpc.md says. */
export interface RpcErrorData {
    reason?: string;
    field?: string;
    hint?: string;
    code?: string;
}

export class RpcError extends Error {
    constructor(
        readonly code: number,
        message: string,
        readonly data: RpcErrorData = {},
    ) {
        super(message);
        this.name = "RpcError";
    }
}

/** How the page is connected to the program. `refused`: the secret was wrong, asking again does not help. */
export interface DoorState {
    state: "open" | "lost" | "refused";
}

/** Where the browser keeps the store. Only the worker tells of it. `memory`: gone when the tab is closed. */
export interface HostState {
    storage: "opfs" | "memory";
    persisted?: boolean | null;
    quota?: number | null;
    usage?: number | null;
    evicted?: boolean;
    owner?: boolean;
}

type ProgramNotification = { [N in keyof Notifications]: { method: N; params: Notifications[N] } }[keyof Notifications];
export type Notification =
    | ProgramNotification
    | { method: "door"; params: DoorState }
    | { method: "host"; params: HostState };
export type Listener = (notification: Notification) => void;

export interface Backend {
    /**
     * Calls a method. Rejects with `RpcError`; a call that was under way when the door was lost rejects with the
     * error `door_lost`, and whether it was carried out is not known: read again.
     */
    call<M extends MethodName>(method: M, params?: Params<M>): Promise<Result<M>>;
    /** As `call`, for methods that the schema does not know (`host.*` of the worker). */
    callHost(method: string, params?: Record<string, unknown>): Promise<unknown>;
    /** Hears all notifications, from now on, until the returned function is called. */
    on(listener: Listener): () => void;
    /** Which program this is. */
    readonly kind: "socket" | "worker";
}

/** The error of a call whose answer can no longer come. */
export function doorLost(): RpcError {
    return new RpcError(-32009, "door_lost", { code: "door_lost" });
}
