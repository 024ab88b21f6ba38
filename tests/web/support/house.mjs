// Where the tests find what was built, and a few things that all of them need.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const program = process.env.DEBRIEF ?? path.join(root, "build/debug/platform/debrief");
/** What a browser is served: build/web/site. */
export const site = process.env.DEBRIEF_WEB ?? path.join(root, "build/web/site");

export function temporaryFolder(name) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `debrief-${name}-`));
    process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
    return folder;
}

/** The program with these words; resolves with what it printed. Rejects if it fails. */
export function run(words, options = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, words, { env: { ...process.env, DEBRIEF_ENCODER: "off", ...options.env }, cwd: options.cwd });
        let out = "", err = "";
        child.stdout.on("data", (part) => (out += part));
        child.stderr.on("data", (part) => (err += part));
        child.on("error", reject);
        child.on("close", (code) => {
            if (code === 0) resolve(out);
            else reject(new Error(`debrief ${words.join(" ")} ended with ${code}: ${err}${out}`));
        });
        child.stdin.end(options.input ?? "");
    });
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again until the answer is true, `ms` at most. */
export async function until(what, ask, ms = 10_000) {
    const end = Date.now() + ms;
    for (;;) {
        const answer = await ask();
        if (answer) return answer;
        if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for: ${what}`);
        await pause(20);
    }
}
