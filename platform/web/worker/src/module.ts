// The compiled module's loader and what it exports (platform/web/core/door.cpp).
import type { Host } from "./host";

export interface DebriefModule {
    _malloc(size: number): number;
    _free(at: number): void;
    _debrief_open(config: number): number;
    _debrief_request(text: number): void;
    _debrief_poll(): number;
    _debrief_data(name: number, bytes: number, size: number): number;
    _debrief_link_opened(link: number): void;
    _debrief_link_message(link: number, bytes: number, size: number, more: number): void;
    _debrief_link_closed(link: number, opened: number, reason: number): void;
    _debrief_network_changed(): void;
    _debrief_close(): void;
    readonly HEAPU8: Uint8Array;
}

export interface ModuleOptions {
    host: Host;
    wasmBinary?: ArrayBuffer | Uint8Array;
    instantiateWasm?: (
        imports: WebAssembly.Imports,
        done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) => object;
    printErr?: (line: string) => void;
    onAbort?: (why: unknown) => void;
}

export type MakeModule = (options: ModuleOptions) => Promise<DebriefModule>;
