// Puts together what a browser is served under /core/: the worker as one file, and the module and what it reads notes
// with under names that change with their content. Run by './dev web'.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const module = path.join(root, process.env.DEBRIEF_WEB_BUILD ?? "build/web", "platform/web/core");
const out = path.resolve(root, process.env.DEBRIEF_CORE_OUT ?? "build/web/site/core");
const encoder = path.join(root, process.env.DEBRIEF_WEB_BUILD ?? "build/web", "share/debrief/encoder.bin");

fs.mkdirSync(path.join(out, "data"), { recursive: true });
const kept = new Set();

function place(file, folder = "") {
    const bytes = fs.readFileSync(file);
    const { name, ext } = path.parse(file);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const placed = `${folder}${name}-${hash}${ext}`;
    write(placed, bytes);
    return { url: placed, bytes: bytes.length };
}

function write(name, bytes) {
    kept.add(name);
    const to = path.join(out, name);
    if (fs.existsSync(to) && fs.existsSync(to + ".br") && fs.readFileSync(to).equals(Buffer.from(bytes))) {
        kept.add(name + ".br");
        return;
    }
    fs.writeFileSync(to, bytes);
    // What hardly gets smaller (the encoder) is not worth a browser's time, nor a build's.
    const part = bytes.subarray(0, 1 << 18);
    if (zlib.brotliCompressSync(part).length > part.length * 0.8) return fs.rmSync(to + ".br", { force: true });
    const smaller = zlib.brotliCompressSync(bytes, {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: Number(process.env.DEBRIEF_BROTLI ?? 11), [zlib.constants.BROTLI_PARAM_LGWIN]: 24, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    kept.add(name + ".br");
    fs.writeFileSync(to + ".br", smaller);
}

const files = {
    loader: place(path.join(module, "debrief.mjs")).url,
    wasm: place(path.join(module, "debrief.wasm")).url,
    talk: place(path.join(module, "debrief.talk.wasm")).url,
    // Not among what a page keeps for a start without a network: the worker sees to them.
    models: place(path.join(root, "bot/understanding/models.bin"), "data/"),
    encoder: fs.existsSync(encoder) ? place(encoder, "data/") : null,
};
const bundled = await build({
    entryPoints: [path.join(here, "src/worker.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    legalComments: "none",
    define: { DEBRIEF_CORE_FILES: JSON.stringify(files) },
});
write("worker.js", Buffer.from(bundled.outputFiles[0].contents));
for (const folder of ["", "data/"]) {
    for (const entry of fs.readdirSync(path.join(out, folder), { withFileTypes: true }))
        if (entry.isFile() && !kept.has(folder + entry.name)) fs.rmSync(path.join(out, folder + entry.name));
}
for (const name of [...kept].sort()) console.log(`${String(fs.statSync(path.join(out, name)).size).padStart(9)}  core/${name}`);
