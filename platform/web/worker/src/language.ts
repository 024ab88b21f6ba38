// What the program reads notes with is larger than the program: it is fetched when the first answer was given, and kept
// in the browser's cache, where it is found again without a network.
import { beside, type ServedFile } from "./core_files";

const cacheName = "debrief-language";

export type LanguageState = "waiting" | "loading" | "ready" | "failed";

export interface LanguageStatus {
    models: LanguageState;
    encoder: LanguageState | "none";
}

async function cachedOrFetched(file: ServedFile): Promise<Uint8Array> {
    const url = beside(file.url);
    const cache = "caches" in self ? await caches.open(cacheName).catch(() => null) : null;
    let response = await cache?.match(url);
    if (response === undefined) {
        response = await fetch(url);
        if (!response.ok) throw new Error(`${file.url}: ${response.status}`);
        // Without room for it in the cache it is fetched again the next time.
        await cache?.put(url, response.clone()).catch(() => undefined);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length !== file.bytes) {
        await cache?.delete(url);
        throw new Error(`${file.url} was cut off`);
    }
    return bytes;
}

/** Those of earlier versions go. */
async function clearOthers(keep: string[]): Promise<void> {
    if (!("caches" in self)) return;
    const cache = await caches.open(cacheName);
    for (const request of await cache.keys()) if (!keep.includes(request.url)) await cache.delete(request);
}

export class Language {
    readonly status: LanguageStatus;
    private fetching: Promise<void> | null = null;

    constructor(
        private readonly files: { models: ServedFile; encoder: ServedFile | null },
        /** Gives the bytes to the module; false if it cannot use them. */
        private readonly give: (name: string, bytes: Uint8Array) => boolean,
        private readonly changed: (status: LanguageStatus) => void,
    ) {
        this.status = { models: "waiting", encoder: files.encoder === null ? "none" : "waiting" };
    }

    /** Resolves when notes can be read, or cannot be for now: after `ms` at the latest. */
    async models(ms: number): Promise<void> {
        if (this.status.models === "ready") return;
        await Promise.race([this.fetchModels(), new Promise((resolve) => setTimeout(resolve, ms))]);
    }

    /** Fetches what is missing; tried again when it failed. */
    async load(): Promise<void> {
        await this.fetchModels();
        const encoder = this.files.encoder;
        if (encoder === null || this.status.models !== "ready" || ["ready", "loading"].includes(this.status.encoder)) return;
        this.set("encoder", "loading");
        this.set("encoder", await this.take("encoder.bin", encoder));
        if (this.status.encoder === "ready")
            await clearOthers([beside(this.files.models.url), beside(encoder.url)]).catch(() => undefined);
    }

    /** The module is another one than before: it has to be given everything again. */
    forget(): void {
        this.fetching = null;
        this.status.models = "waiting";
        if (this.files.encoder !== null) this.status.encoder = "waiting";
    }

    private fetchModels(): Promise<void> {
        if (this.status.models === "ready") return Promise.resolve();
        this.fetching ??= (async () => {
            this.set("models", "loading");
            this.set("models", await this.take("models.bin", this.files.models));
            this.fetching = null;
        })();
        return this.fetching;
    }

    private async take(name: string, file: ServedFile): Promise<LanguageState> {
        try {
            return this.give(name, await cachedOrFetched(file)) ? "ready" : "failed";
        } catch {
            return "failed";
        }
    }

    private set(which: "models" | "encoder", state: LanguageState): void {
        this.status[which] = state;
        this.changed(this.status);
    }
}
