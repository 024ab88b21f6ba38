// What the build made, with names that change with the content. Put in by build.mjs.

export interface ServedFile {
    /** Beside worker.js. */
    url: string;
    bytes: number;
}

export interface CoreFiles {
    loader: string;
    wasm: string;
    /** The module's second part: see second_part.ts. */
    talk: string;
    models: ServedFile;
    /** Null where the build had no encoder. */
    encoder: ServedFile | null;
}

declare const DEBRIEF_CORE_FILES: CoreFiles;

export const coreFiles: CoreFiles = DEBRIEF_CORE_FILES;

export function beside(name: string): string {
    return new URL(name, import.meta.url).href;
}
