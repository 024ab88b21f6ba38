// Files that last as long as the tab: where the browser has no storage for us. The page says so before anybody types.
import { done, failed, full, type Code, type Files } from "./host";

interface MemoryFile {
    bytes: Uint8Array;
    size: number;
}

const bytesMax = 512 * 1024 * 1024;

export class MemoryFiles implements Files {
    private readonly files = new Map<string, MemoryFile>();
    private readonly opened: MemoryFile[] = [];

    open(name: string, create: boolean): number {
        let file = this.files.get(name);
        if (file === undefined) {
            if (!create) return -1;
            file = { bytes: new Uint8Array(0), size: 0 };
            this.files.set(name, file);
        }
        const known = this.opened.indexOf(file);
        return known >= 0 ? known : this.opened.push(file) - 1;
    }

    close(): void {}

    read(file: number, into: Uint8Array, offset: number): number {
        const { bytes, size } = this.opened[file]!;
        const part = bytes.subarray(Math.min(offset, size), Math.min(offset + into.length, size));
        into.set(part);
        return part.length;
    }

    write(file: number, from: Uint8Array, offset: number): Code {
        const at = this.opened[file]!;
        const end = offset + from.length;
        if (end > bytesMax) return full;
        if (end > at.bytes.length) {
            const larger = new Uint8Array(Math.max(end, 2 * at.bytes.length, 65_536));
            larger.set(at.bytes.subarray(0, at.size));
            at.bytes = larger;
        }
        at.bytes.set(from, offset);
        at.size = Math.max(at.size, end);
        return done;
    }

    truncate(file: number, size: number): Code {
        const at = this.opened[file]!;
        if (size < at.size) {
            at.bytes.fill(0, size, at.size);
            at.size = size;
        }
        return done;
    }

    sync(): Code {
        return done;
    }

    size(file: number): number {
        return this.opened[file]!.size;
    }

    exists(name: string): boolean {
        return this.files.has(name);
    }

    remove(name: string): Code {
        this.files.delete(name);
        return done;
    }

    rename(from: string, to: string): Code {
        const file = this.files.get(from);
        if (file === undefined) return failed;
        this.files.delete(from);
        this.files.set(to, file);
        return done;
    }
}
