// Writes sw.js into a folder of built files: the list of all of them, and a version made of their content. Run it again after
// files have been added (the core's). Language data is left out: the core fetches and keeps it when it is first used.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const folder = process.argv[2] ?? new URL("../../../../build/web/app", import.meta.url).pathname;
const left_out = /(^|\/)(sw\.js|screenshots\/.*|data\/.*)$|\.(br|gz|map)$/;

function all(at) {
    return readdirSync(at).sort().flatMap((name) => {
        const path = join(at, name);
        return statSync(path).isDirectory() ? all(path) : [path];
    });
}

const files = all(folder).map((path) => relative(folder, path)).filter((name) => !left_out.test(name));
const hash = createHash("sha256");
for (const name of files) hash.update(name).update(readFileSync(join(folder, name)));
const template = readFileSync(new URL("service_worker.js", import.meta.url), "utf8");
writeFileSync(
    join(folder, "sw.js"),
    template.replace("VERSION", `page-${hash.digest("hex").slice(0, 16)}`).replace("FILES", JSON.stringify(files.map((name) => `/${name}`))),
);
// Compressed neighbours of an older one would be sent in its place.
for (const ending of [".br", ".gz"]) rmSync(join(folder, `sw.js${ending}`), { force: true });
