// What the module asks of its host: the other side of platform/web/core/host.h, function for function.

/** 0 done, 1 the storage gave an error, 2 it is full. */
export type Code = 0 | 1 | 2;
export const done = 0, failed = 1, full = 2;

/** Files have names without folders. None of this waits. */
export interface Files {
    /** A number for the file, or -1. */
    open(name: string, create: boolean): number;
    close(file: number): void;
    /** How many bytes could be read, or -1. */
    read(file: number, into: Uint8Array, offset: number): number;
    write(file: number, from: Uint8Array, offset: number): Code;
    truncate(file: number, size: number): Code;
    sync(file: number): Code;
    size(file: number): number;
    exists(name: string): boolean;
    remove(name: string): Code;
    /** Takes the place of what has the new name. */
    rename(from: string, to: string): Code;
}

export interface Host extends Files {
    random(into: Uint8Array): void;
    /** One JSON-RPC object as text. */
    tell(text: string): void;
    linkOpen(link: number, url: string, subprotocol: string): void;
    linkSend(link: number, bytes: Uint8Array<ArrayBuffer>): void;
    linkClose(link: number, code: number, reason: string): void;
}

/** What a failed call of the browser's storage means. */
export function codeOf(error: unknown): Code {
    return error instanceof Error && error.name === "QuotaExceededError" ? full : failed;
}
