// The one worker of this site that runs the program. Every tab's requests come here, its own like the others'.
import { beside, coreFiles } from "./core_files";
import { Core, OpenFailed, type Message } from "./core";
import { deviceName } from "./device_name";
import { Language } from "./language";
import type { MakeModule } from "./module";
import { PartMissing, SecondPart } from "./second_part";
import { doorLost, needsLanguage, refusal } from "./rpc";
import { Storage, type HostState } from "./storage";

/** So long a request waits for what notes are read with; then they are kept and filed by hand. */
const languageWait = 15_000;

type Reply = (answer: Message) => void;

interface Waiting {
    id: Message["id"];
    method: string;
    reply: Reply;
}

function loadModule(): Promise<MakeModule> {
    return import(/* @vite-ignore */ beside(coreFiles.loader)).then((loaded: { default: MakeModule }) => loaded.default);
}

export class Owner {
    private readonly waiting = new Map<number, Waiting>();
    private lastId = 0;
    private core: Core | null = null;
    private compiled: Promise<WebAssembly.Module> | null = null;
    private openError: NonNullable<Message["error"]> | null = null;
    private fresh = false;
    /** After a mistake in the module: what is asked meanwhile waits. */
    private reopening: Promise<void> | null = null;
    /** Those that read notes keep their order. */
    private readers: Promise<void> = Promise.resolve();
    private readonly language: Language;
    private readonly second = new SecondPart(() => compile(coreFiles.talk), () => compileNow(coreFiles.talk));

    private constructor(
        private readonly storage: Storage,
        private readonly news: (message: Message) => void,
    ) {
        this.language = new Language(
            coreFiles,
            (name, bytes) => this.core?.data(name, bytes) ?? false,
            (status) => this.news({ jsonrpc: "2.0", method: "language", params: { ...status } }),
        );
        self.addEventListener("online", () => {
            this.core?.networkChanged();
            void this.language.load();
        });
    }

    /** Rejects if the browser's storage is there but cannot be used now. `news` is for all tabs. */
    static async start(news: (message: Message) => void): Promise<Owner> {
        // Fetched and compiled while the files are opened.
        const module = compile(coreFiles.wasm);
        module.catch(() => undefined);
        const owner = new Owner(await Storage.open(), news);
        owner.compiled = module;
        await owner.openCore();
        return owner;
    }

    state(): Promise<HostState> {
        return this.storage.state(this.fresh);
    }

    serve(message: Message, reply: Reply): void {
        const method = message.method ?? "";
        if (method.startsWith("host.")) {
            void this.host(method, message, reply);
        } else if (needsLanguage(method)) {
            this.readers = this.readers.then(async () => {
                await this.second.load();
                await this.language.models(languageWait);
                this.hand(message, method, reply);
            });
        } else {
            this.hand(message, method, reply);
        }
    }

    private hand(message: Message, method: string, reply: Reply): void {
        if (this.core === null && this.reopening !== null) {
            const again = (): void => this.hand(message, method, reply);
            void this.reopening.then(again, again);
            return;
        }
        if (this.core === null) {
            const error = this.openError ?? { code: -32603, message: "The store is not open." };
            if (message.id !== undefined) reply({ jsonrpc: "2.0", id: message.id, error });
            return;
        }
        const wantsAnswer = message.id !== undefined;
        const id = ++this.lastId;
        if (wantsAnswer) this.waiting.set(id, { id: message.id, method, reply });
        try {
            this.core.request(wantsAnswer ? { ...message, id } : message);
        } catch (error) {
            if (error instanceof PartMissing && this.waiting.delete(id))
                reply(refusal(message.id, "offline", "The part of the program that this needs has not been fetched yet.", "Connect to the network once, then try again."));
            void this.crashed(error);
        }
    }

    /** An answer goes to who asked, everything else to all. */
    private told(message: Message): void {
        if (message.method !== undefined) return this.news(message);
        const waiting = this.waiting.get(Number(message.id));
        if (waiting === undefined) return;
        this.waiting.delete(Number(message.id));
        waiting.reply({ ...message, id: waiting.id ?? null });
        if (message.error?.data?.["code"] === "io" || message.error?.data?.["code"] === "full") void this.tellState();
        if (this.language.status.models === "waiting") void this.language.load();
    }

    private async tellState(): Promise<void> {
        this.news({ jsonrpc: "2.0", method: "host", params: await this.state() });
    }

    private async openCore(): Promise<void> {
        this.openError = null;
        this.compiled ??= compile(coreFiles.wasm);
        const [make, module] = await Promise.all([loadModule(), this.compiled]);
        this.fresh = !this.storage.files.exists("debrief.db");
        try {
            this.core = await Core.start(
                make,
                this.storage.files,
                { utc_offset_minutes: -new Date().getTimezoneOffset(), device_name: deviceName(navigator.userAgent), encoder: "encoder.bin" },
                (message) => this.told(message),
                {
                    instantiateWasm: (imports, done) => {
                        const second = this.second.behind(imports);
                        void WebAssembly.instantiate(module, second.imports).then((instance) => {
                            second.made(instance);
                            done(instance, module);
                        });
                        return {};
                    },
                },
            );
        } catch (error) {
            if (!(error instanceof OpenFailed)) throw error;
            this.core = null;
            this.openError = error.error;
        }
        void this.second.load();
    }

    private closeCore(): void {
        this.core?.close();
        this.core = null;
        for (const { id, reply } of this.waiting.values()) reply(doorLost(id));
        this.waiting.clear();
        this.language.forget();
    }

    /** A mistake in the module itself: what is on disk is whole, so it begins anew. */
    private async crashed(error: unknown): Promise<void> {
        console.error("the module failed", error);
        for (const { id, reply } of this.waiting.values()) reply(doorLost(id));
        this.waiting.clear();
        this.core = null;
        this.language.forget();
        this.reopening = this.openCore().finally(() => (this.reopening = null));
        await this.reopening;
        this.news({ jsonrpc: "2.0", method: "door", params: { state: "open" } });
    }

    private async host(method: string, message: Message, reply: Reply): Promise<void> {
        const answer = (result: unknown): void => reply({ jsonrpc: "2.0", id: message.id ?? null, result });
        switch (method) {
            case "host.status":
                return answer({ ...(await this.state()), language: this.language.status });
            case "host.export": {
                // Closing moves the log into the file.
                this.closeCore();
                const bytes = this.storage.read("debrief.db");
                await this.openCore();
                this.news({ jsonrpc: "2.0", method: "door", params: { state: "open" } });
                if (bytes === null) return reply(refusal(message.id, "not_found", "There is no store in this browser yet.", ""));
                return answer({ name: "debrief.db", bytes });
            }
            case "host.wipe":
                this.closeCore();
                this.storage.wipe();
                if ("caches" in self) await caches.delete("debrief-language").catch(() => false);
                await this.openCore();
                await this.tellState();
                return answer({});
            default:
                return reply(
                    refusal(message.id, "invalid", `The worker has no method '${method}'.`, "It has host.status, host.export and host.wipe."),
                );
        }
    }
}

async function compile(name: string): Promise<WebAssembly.Module> {
    const response = await fetch(beside(name));
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    try {
        return await WebAssembly.compileStreaming(Promise.resolve(response.clone()));
    } catch {
        // A server that does not know the type of the file.
        return WebAssembly.compile(await response.arrayBuffer());
    }
}

/** As `compile`; nothing else happens in this worker meanwhile. */
function compileNow(name: string): WebAssembly.Module {
    const request = new XMLHttpRequest();
    request.open("GET", beside(name), false);
    request.responseType = "arraybuffer";
    request.send();
    if (request.status !== 200) throw new Error(`${name}: ${request.status}`);
    return new WebAssembly.Module(request.response as ArrayBuffer);
}
