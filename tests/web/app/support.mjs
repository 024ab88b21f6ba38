// What the tests of the web app share: where things are, a browser, stores with something in them.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");
const require = createRequire(join(root, "platform/web/app/package.json"));
export const { chromium } = require("playwright-core");
export const { WebSocket } = require("ws");
export const axeSource = require.resolve("axe-core/axe.min.js");
export const debrief = process.env.DEBRIEF ?? join(root, "build/debug/platform/debrief");
export const files = process.env.DEBRIEF_WEB ?? join(root, "build/web/app");
export const pictures = join(root, "build/web/screenshots");

const chromium_path = process.env.CHROMIUM ?? "/usr/bin/chromium";

export async function launch(options = {}) {
    return chromium.launch({ executablePath: chromium_path, args: ["--no-sandbox"], ...options });
}

export function folder(name) {
    const made = mkdtempSync(join(tmpdir(), `debrief-web-${name}-`));
    process.on("exit", () => rmSync(made, { recursive: true, force: true }));
    return made;
}

/** Calls in one run of the program on a store; fails on the first error. Returns the results. */
export function calls(store, wanted, options = []) {
    const lines = wanted.map(([method, params], id) => JSON.stringify({ jsonrpc: "2.0", id, method, params: params ?? {} }));
    const run = spawnSync(debrief, ["rpc", "--store", store, ...options], { input: lines.join("\n") + "\n", encoding: "utf8", env: { ...process.env, DEBRIEF_ENCODER: "off" }, maxBuffer: 1 << 28 });
    const answers = new Map(run.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line)).filter((said) => "id" in said).map((said) => [said.id, said]));
    return wanted.map(([method], id) => {
        const said = answers.get(id);
        if (!said || said.error) throw new Error(`${method}: ${JSON.stringify(said?.error ?? run.stderr)}`);
        return said.result;
    });
}

let sample = null;
/** A store with the sample in it; loading it takes a while, so it is made once and copied. */
export function sampleStore(name = "sample") {
    if (!sample) {
        sample = folder("template");
        calls(sample, [["store.init", { workspace: "Sample", user: "Anna Snelling" }], ["import", { format: "sample" }]]);
    }
    const store = join(folder(name), "store");
    cpSync(sample, store, { recursive: true });
    return store;
}

export function needBuilt() {
    for (const [path, how] of [[debrief, "cmake --build build/debug --target debrief"], [join(files, "index.html"), "npm run build, in platform/web/app"]]) {
        if (!existsSync(path)) throw new Error(`${path} is not there. First: ${how}`);
    }
    mkdirSync(pictures, { recursive: true });
}
