// The one program this page talks to, and what it says of itself. All state that every screen shares.
import { signal } from "@preact/signals";
import type { Backend, DoorState, HostState, MethodName, Params, Result } from "../backend/backend";
import { RpcError } from "../backend/backend";
import type { SyncStatus } from "../backend/schema";

export const info = signal<Result<"system.info"> | null>(null);
export const sync = signal<SyncStatus | null>(null);
export const door = signal<DoorState["state"]>("open");
export const host = signal<HostState | null>(null);
/** True once the browser was asked to keep the storage and did not promise it. */
export const keepRefused = signal(false);
/** Grows whenever records changed: what is shown is read again. */
export const generation = signal(0);

let program: Backend | null = null;
const hearers = new Set<(tables: readonly string[]) => void>();

export function backend(): Backend {
    if (!program) throw new RpcError(-32603, "the page has not started yet");
    return program;
}

export function call<M extends MethodName>(method: M, params?: Params<M>): Promise<Result<M>> {
    return backend().call(method, params);
}

/** Hears which tables changed, until the returned function is called. */
export function onChanged(hear: (tables: readonly string[]) => void): () => void {
    hearers.add(hear);
    return () => hearers.delete(hear);
}

export async function readInfo(): Promise<void> {
    info.value = await call("system.info");
}

/** Reads all that is shown again: after a lost door, or where nothing is told. */
export function changedAll(): void {
    for (const hear of [...hearers]) hear([]);
}

export async function start(chosen: Backend): Promise<void> {
    program = chosen;
    chosen.on((told) => {
        switch (told.method) {
            case "changed":
                generation.value += 1;
                for (const hear of [...hearers]) hear(told.params.tables);
                break;
            case "sync":
                // The store is gone: so is, with this page, all that it had read of it.
                if (told.params.wiped && info.value?.user) location.replace("/");
                sync.value = told.params;
                break;
            case "door": {
                const again = door.value !== "open" && told.params.state === "open";
                door.value = told.params.state;
                if (again) {
                    void readInfo();
                    void readSync();
                    changedAll();
                }
                break;
            }
            case "host":
                host.value = told.params;
                break;
            default:
                break;
        }
    });
    await readInfo();
    if (info.value?.user) await goOnline();
    else await readSync();
}

/** Asks the browser to keep the storage, once there is something in it worth keeping. True if it promised. */
export async function askToKeep(): Promise<boolean> {
    if (backend().kind !== "worker" || host.value?.storage !== "opfs" || host.value.persisted === true) return host.value?.persisted === true;
    const said = (await backend().callHost("host.persist").catch(() => null)) as { persisted: boolean | null } | null;
    keepRefused.value = said?.persisted === false;
    return said?.persisted === true;
}

export async function readSync(): Promise<void> {
    sync.value = await call("sync.status");
}

/** Asks for a live link; without a server, or offline, the status says so. */
export async function goOnline(): Promise<void> {
    await readSync();
    if (!sync.value?.enrolled) return;
    try {
        sync.value = await call("sync.connect");
    } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        await readSync();
    }
}
