// The module lies in two files (platform/web/core/split.mjs): the first is all that a page needs to show itself and to sync;
// the second, for talking, importing and exporting, comes behind it. Until it is there, the first calls placeholders in its
// place.

/** The second part's bytes. Resolves when they have come; a rejected one is asked for again. */
export type Fetch = () => Promise<WebAssembly.Module>;
/** The same, waited for in this call. Only for when somebody was faster than the network. */
export type FetchNow = () => WebAssembly.Module;

/** It was needed and could not be fetched. */
export class PartMissing extends Error {
    override readonly name = "PartMissing";
}

export class SecondPart {
    private module: WebAssembly.Module | null = null;
    private coming: Promise<void> | null = null;
    /** The first part, while it is without the second. */
    private first: WebAssembly.Instance | null = null;

    constructor(
        private readonly fetch: Fetch,
        private readonly fetchNow: FetchNow,
    ) {}

    /** Resolves when it is there, or could not be fetched: then the first call into it tries once more. */
    load(): Promise<void> {
        if (this.module !== null) return Promise.resolve();
        this.coming ??= this.fetch()
            .then((module) => {
                this.module ??= module;
                this.join();
            })
            .catch(() => undefined)
            .finally(() => (this.coming = null));
        return this.coming;
    }

    /** What the first part is made with: `imports` and the placeholders. `made` is told of it when it is there. */
    behind(imports: WebAssembly.Imports): { imports: WebAssembly.Imports; made: (first: WebAssembly.Instance) => void } {
        let table: WebAssembly.Table | null = null;
        const placeholder = new Proxy<Record<string, WebAssembly.ImportValue>>(
            {},
            {
                // Each is named by its place in the first part's table, where the second puts the real one.
                get: (_, place) => (...given: unknown[]): unknown => {
                    this.module ??= this.now();
                    this.join();
                    return (table?.get(Number(place)) as (...all: unknown[]) => unknown)(...given);
                },
            },
        );
        const made = (first: WebAssembly.Instance): void => {
            this.first = first;
            table = Object.values(first.exports).find((one): one is WebAssembly.Table => one instanceof WebAssembly.Table) ?? null;
            if (this.module !== null) this.join();
        };
        return { imports: { ...imports, placeholder }, made };
    }

    private join(): void {
        if (this.first === null || this.module === null) return;
        new WebAssembly.Instance(this.module, { primary: this.first.exports });
        this.first = null;
    }

    private now(): WebAssembly.Module {
        try {
            return this.fetchNow();
        } catch (error) {
            throw new PartMissing(error instanceof Error ? error.message : String(error));
        }
    }
}
