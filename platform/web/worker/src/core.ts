// The program in this thread: requests as objects go in, answers and notifications come out through `tell`. One call
// into the module at a time, and after each the module is asked when it wants to be called again.
import type { Files } from "./host";
import type { DebriefModule, MakeModule, ModuleOptions } from "./module";
import { Socket } from "./socket";

/** What the module is opened with. */
export interface CoreConfig {
    utc_offset_minutes?: number;
    device_name?: string;
    test_clock?: string;
    seed?: number;
    /** Empty: without the sentence encoder, even if it comes. */
    encoder?: string;
}

export interface Message {
    jsonrpc: "2.0";
    id?: number | string | null;
    method?: string;
    params?: unknown;
    result?: unknown;
    error?: { code: number; message: string; data?: Record<string, unknown> };
}

/** The store could not be opened; `data` is what a JSON-RPC error would carry. */
export class OpenFailed extends Error {
    constructor(readonly error: NonNullable<Message["error"]>) {
        super(String(error.data?.["reason"] ?? error.message));
        this.name = "OpenFailed";
    }
}

export class Core {
    private timer: ReturnType<typeof setTimeout> | null = null;
    private readonly sockets = new Map<number, Socket>();
    private failure: NonNullable<Message["error"]> | null = null;
    private module!: DebriefModule;
    private open = false;

    private constructor(private readonly tell: (message: Message) => void) {}

    /** Rejects with OpenFailed. `tell` is given each answer and notification, in order. */
    static async start(
        make: MakeModule,
        files: Files,
        config: CoreConfig,
        tell: (message: Message) => void,
        options: Omit<ModuleOptions, "host"> = {},
    ): Promise<Core> {
        const core = new Core(tell);
        core.module = await make({ ...options, host: core.host(files) });
        const opened = core.withText(JSON.stringify(config), (at) => core.module._debrief_open(at));
        if (opened === 0) throw new OpenFailed(core.failure ?? { code: -32603, message: "The store could not be opened." });
        core.open = true;
        core.poll();
        return core;
    }

    request(message: Message): void {
        this.requestText(JSON.stringify(message));
    }

    /** As `request`, with whatever text somebody sent. */
    requestText(text: string): void {
        this.withText(text, (at) => this.module._debrief_request(at));
        this.poll();
    }

    /** False if they are not what they should be. */
    data(name: string, bytes: Uint8Array): boolean {
        return this.withText(name, (at) => this.withBytes(bytes, (start) => this.module._debrief_data(at, start, bytes.length))) === 1;
    }

    networkChanged(): void {
        this.module._debrief_network_changed();
        this.poll();
    }

    /** Closes the store; all that was answered is in its file. */
    close(): void {
        if (!this.open) return;
        this.open = false;
        if (this.timer !== null) clearTimeout(this.timer);
        this.module._debrief_close();
        for (const socket of this.sockets.values()) socket.close(1000, "");
        this.sockets.clear();
    }

    private host(files: Files): ModuleOptions["host"] {
        const core = this;
        return {
            open: (name, create) => files.open(name, create),
            close: (file) => files.close(file),
            read: (file, into, offset) => files.read(file, into, offset),
            write: (file, from, offset) => files.write(file, from, offset),
            truncate: (file, size) => files.truncate(file, size),
            sync: (file) => files.sync(file),
            size: (file) => files.size(file),
            exists: (name) => files.exists(name),
            remove: (name) => files.remove(name),
            rename: (from, to) => files.rename(from, to),
            random(into) {
                // One call gives 64 KiB at most.
                for (let at = 0; at < into.length; at += 65_536) {
                    const part = new Uint8Array(Math.min(65_536, into.length - at));
                    into.set(crypto.getRandomValues(part), at);
                }
            },
            tell(text) {
                const message = JSON.parse(text) as Message;
                if (message.method === "host.failed") {
                    core.failure = message.params as NonNullable<Message["error"]>;
                } else {
                    core.tell(message);
                }
            },
            linkOpen(link, url, subprotocol) {
                core.sockets.set(
                    link,
                    new Socket(url, subprotocol, {
                        opened: () => core.fromLink(() => core.module._debrief_link_opened(link)),
                        messages: (all) => core.fromLink(() => core.takeMessages(link, all)),
                        closed: (wasOpen, reason) => {
                            core.sockets.delete(link);
                            core.fromLink(() =>
                                core.withText(reason, (at) => core.module._debrief_link_closed(link, wasOpen ? 1 : 0, at)),
                            );
                        },
                    }),
                );
            },
            linkSend: (link, bytes) => core.sockets.get(link)?.send(bytes),
            linkClose: (link, code, reason) => core.sockets.get(link)?.close(code, reason),
        };
    }

    private takeMessages(link: number, all: Uint8Array[]): void {
        all.forEach((bytes, number) => {
            const more = number < all.length - 1 ? 1 : 0;
            this.withBytes(bytes, (at) => this.module._debrief_link_message(link, at, bytes.length, more));
        });
    }

    private fromLink(act: () => void): void {
        if (!this.open) return;
        act();
        this.poll();
    }

    private poll(): void {
        if (!this.open) return;
        if (this.timer !== null) clearTimeout(this.timer);
        const wait = this.module._debrief_poll();
        this.timer = setTimeout(() => this.poll(), wait);
    }

    private withText<T>(text: string, act: (at: number) => T): T {
        const bytes = new TextEncoder().encode(text + "\0");
        return this.withBytes(bytes, act);
    }

    private withBytes<T>(bytes: Uint8Array, act: (at: number) => T): T {
        const at = this.module._malloc(Math.max(1, bytes.length));
        if (at === 0) throw new RangeError("no memory is left");
        try {
            this.module.HEAPU8.set(bytes, at);
            return act(at);
        } finally {
            this.module._free(at);
        }
    }
}
