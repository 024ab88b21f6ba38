// Where the store lies in this browser, and what is known of that place.
import type { Files } from "./host";
import { MemoryFiles } from "./memory_files";
import { OpfsFiles } from "./opfs_files";

const folder = "debrief";

/** What pages are told as the notification `host`. */
export interface HostState {
    /**
     * `memory`: all is gone when the last tab is closed. Chrome's private windows say `opfs`, for they hide what they are
     * (the same quota, the same files); all that tells them is that they never promise to keep it.
     */
    storage: "opfs" | "memory";
    /** Whether the browser promises to keep it; null: it does not say. */
    persisted: boolean | null;
    /** Bytes; null: it does not say. */
    quota: number | null;
    usage: number | null;
    /** There was no store when this tab took it over. */
    fresh: boolean;
    /** The store went away under us. */
    evicted: boolean;
    /** This tab runs the program; others ask it. */
    owner: boolean;
}

export class Storage {
    private constructor(
        readonly files: Files,
        private readonly opfs: OpfsFiles | null,
    ) {}

    /** Rejects only where there is such a storage and it cannot be used now. */
    static async open(): Promise<Storage> {
        const missing = !("storage" in navigator) || typeof navigator.storage.getDirectory !== "function";
        if (missing) return new Storage(new MemoryFiles(), null);
        try {
            const files = await OpfsFiles.open(folder);
            return new Storage(files, files);
        } catch (error) {
            // Firefox's private windows refuse so; and browsers whose workers have no such files have no such function.
            const refused = error instanceof TypeError || (error instanceof Error && ["SecurityError", "NotSupportedError", "UnknownError", "InvalidStateError"].includes(error.name));
            if (!refused) throw error;
            return new Storage(new MemoryFiles(), null);
        }
    }

    async state(fresh: boolean): Promise<HostState> {
        const estimate: StorageEstimate = await navigator.storage?.estimate?.().catch(() => ({})) ?? {};
        const persisted = await navigator.storage?.persisted?.().catch(() => null) ?? null;
        return {
            storage: this.opfs !== null ? "opfs" : "memory",
            persisted: this.opfs !== null ? persisted : false,
            quota: estimate.quota ?? null,
            usage: estimate.usage ?? null,
            fresh,
            evicted: await this.evicted(),
            owner: true,
        };
    }

    /** Somebody cleared the site's data, or the browser did, while the store was open. */
    async evicted(): Promise<boolean> {
        if (this.opfs === null || !this.opfs.broken) return false;
        try {
            const root = await navigator.storage.getDirectory();
            await root.getDirectoryHandle(folder);
            return false;
        } catch {
            return true;
        }
    }

    /** The bytes of a file; null if it is not there. */
    read(name: string): Uint8Array<ArrayBuffer> | null {
        const file = this.files.open(name, false);
        if (file < 0) return null;
        const bytes = new Uint8Array(this.files.size(file));
        return this.files.read(file, bytes, 0) === bytes.length ? bytes : null;
    }

    wipe(): void {
        for (const name of ["debrief.db", "joining.db", "upload.db", "discard.db"])
            for (const tail of ["-wal", "-journal", ".kept", ""]) this.files.remove(name + tail);
        for (const name of ["sync.state", "sync.state.new", "sync.lock"]) this.files.remove(name);
    }

    release(): void {
        this.opfs?.release();
    }
}
