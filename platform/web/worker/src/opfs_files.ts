// The store's files in the browser's private file system. A worker may hold a file open for reading and writing at
// once, without waiting; but to open one it has to wait, and none can be renamed while it is open. So a fixed number of
// files is opened at the start, and what is called what stands in front of each one's content.
import { codeOf, done, failed, type Code, type Files } from "./host";

/** More files than a store ever has at a time: four stores with their logs while one takes another's place, and small ones. */
const poolSize = 16;
/** In front of the content: one sector, so that it is written whole or not at all. */
const headerSize = 4096;
const magic = 0x64627266;
const nameMax = 64;

interface Slot {
    handle: FileSystemSyncAccessHandle;
    name: string | null;
    generation: number;
}

/** FNV-1a: tells a header that was cut off from a whole one. */
function checksum(bytes: Uint8Array): number {
    let sum = 0x811c9dc5;
    for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
    return sum >>> 0;
}

function writeHeader(slot: Slot, name: string, generation: number): void {
    const header = new Uint8Array(8 + 8 + 4 + nameMax + 4);
    const view = new DataView(header.buffer);
    const text = new TextEncoder().encode(name);
    if (text.length > nameMax) throw new RangeError("the name of a file is too long");
    view.setUint32(0, magic);
    view.setFloat64(8, generation);
    view.setUint32(16, text.length);
    header.set(text, 20);
    view.setUint32(20 + nameMax, checksum(header.subarray(0, 20 + nameMax)));
    if (slot.handle.write(header, { at: 0 }) !== header.length) throw new DOMException("", "QuotaExceededError");
    slot.handle.flush();
    slot.name = name;
    slot.generation = generation;
}

function readHeader(handle: FileSystemSyncAccessHandle): { name: string; generation: number } | null {
    const header = new Uint8Array(8 + 8 + 4 + nameMax + 4);
    if (handle.read(header, { at: 0 }) !== header.length) return null;
    const view = new DataView(header.buffer);
    const length = view.getUint32(16);
    if (view.getUint32(0) !== magic || length > nameMax) return null;
    if (view.getUint32(20 + nameMax) !== checksum(header.subarray(0, 20 + nameMax))) return null;
    return { name: new TextDecoder().decode(header.subarray(20, 20 + length)), generation: view.getFloat64(8) };
}

function pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A tab that was closed a moment ago may still be letting go of it. */
async function openHandle(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
    const until = performance.now() + 5000;
    for (;;) {
        try {
            return await file.createSyncAccessHandle();
        } catch (error) {
            const held = error instanceof Error && error.name === "NoModificationAllowedError";
            if (!held || performance.now() > until) throw error;
            await pause(20);
        }
    }
}

export class OpfsFiles implements Files {
    private readonly names = new Map<string, number>();
    /** The storage gave an error that is not a full disk: it may have been cleared under us. */
    broken = false;

    private constructor(private readonly slots: Slot[]) {
        // Of two files of one name the later one counts: a rename was cut off before it could free the other.
        for (const [number, slot] of slots.entries()) {
            if (slot.name === null) continue;
            const other = this.names.get(slot.name);
            if (other === undefined) {
                this.names.set(slot.name, number);
            } else {
                const [stale, fresh] = slots[other]!.generation < slot.generation ? [other, number] : [number, other];
                this.free(stale);
                this.names.set(slot.name, fresh);
            }
        }
    }

    /** Rejects where the browser has no such storage (or not in a private window), or another tab holds the files. */
    static async open(folder: string): Promise<OpfsFiles> {
        const root = await navigator.storage.getDirectory();
        const place = await root.getDirectoryHandle(folder, { create: true });
        const slots = await Promise.all(
            Array.from({ length: poolSize }, async (_, number): Promise<Slot> => {
                const handle = await openHandle(await place.getFileHandle(String(number), { create: true }));
                return { handle, name: null, generation: 0, ...readHeader(handle) };
            }),
        );
        return new OpfsFiles(slots);
    }

    /** Lets go of all files; nothing may be called after it. */
    release(): void {
        for (const slot of this.slots) slot.handle.close();
    }

    open(name: string, create: boolean): number {
        const known = this.names.get(name);
        if (known !== undefined) return known;
        if (!create) return -1;
        const number = this.slots.findIndex((slot) => slot.name === null);
        const slot = this.slots[number];
        if (slot === undefined) return -1;
        const code = this.guard(() => {
            slot.handle.truncate(0);
            writeHeader(slot, name, 1);
        });
        if (code !== done) {
            slot.name = null;
            return -1;
        }
        this.names.set(name, number);
        return number;
    }

    close(): void {}

    read(file: number, into: Uint8Array, offset: number): number {
        try {
            return this.slots[file]!.handle.read(into, { at: headerSize + offset });
        } catch {
            this.broken = true;
            return -1;
        }
    }

    write(file: number, from: Uint8Array, offset: number): Code {
        return this.guard(() => {
            const written = this.slots[file]!.handle.write(from, { at: headerSize + offset });
            if (written !== from.length) throw new DOMException("", "QuotaExceededError");
        });
    }

    truncate(file: number, size: number): Code {
        return this.guard(() => this.slots[file]!.handle.truncate(headerSize + size));
    }

    sync(file: number): Code {
        return this.guard(() => this.slots[file]!.handle.flush());
    }

    size(file: number): number {
        try {
            return Math.max(0, this.slots[file]!.handle.getSize() - headerSize);
        } catch {
            this.broken = true;
            return -1;
        }
    }

    exists(name: string): boolean {
        return this.names.has(name);
    }

    remove(name: string): Code {
        const number = this.names.get(name);
        if (number === undefined) return done;
        return this.guard(() => this.free(number));
    }

    rename(from: string, to: string): Code {
        const number = this.names.get(from);
        if (number === undefined) return failed;
        const replaced = this.names.get(to);
        const slot = this.slots[number]!;
        return this.guard(() => {
            writeHeader(slot, to, 1 + (replaced === undefined ? 0 : this.slots[replaced]!.generation));
            this.names.delete(from);
            this.names.set(to, number);
            if (replaced !== undefined) this.free(replaced);
        });
    }

    private free(number: number): void {
        const slot = this.slots[number]!;
        slot.handle.truncate(0);
        slot.handle.flush();
        if (slot.name !== null && this.names.get(slot.name) === number) this.names.delete(slot.name);
        slot.name = null;
        slot.generation = 0;
    }

    private guard(act: () => void): Code {
        try {
            act();
            return done;
        } catch (error) {
            const code = codeOf(error);
            if (code === failed) this.broken = true;
            return code;
        }
    }
}
