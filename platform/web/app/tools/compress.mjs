// Lays a .br and a .gz beside each file that gets smaller by it; the server sends what the browser takes.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2] ?? new URL("../../../../build/web/app", import.meta.url).pathname;
const worth_it = /\.(html|js|css|svg|json|webmanifest|wasm|bin)$/;

for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name);
    if (!worth_it.test(path) || !statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    const small = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    if (small.length < bytes.length) writeFileSync(`${path}.br`, small);
    const gz = gzipSync(bytes, { level: 9 });
    if (gz.length < bytes.length) writeFileSync(`${path}.gz`, gz);
}
