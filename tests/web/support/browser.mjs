// A real Chromium on a page of ours that starts the real worker, and a small server in front: it gives the built files with
// the headers of `debrief serve`, and hands WebSockets on to one.
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { createRequire } from "node:module";

import { root, temporaryFolder, until } from "./house.mjs";

const require = createRequire(path.join(root, "platform/web/worker/package.json"));
const { chromium } = require("playwright-core");

export const core = path.join(root, "build/web/site/core");
const executablePath = process.env.DEBRIEF_CHROMIUM ?? "/usr/bin/chromium";
const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".bin": "application/octet-stream" };

const headers = {
    "Content-Security-Policy":
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
};

/** `backend`: the port of a `debrief serve` that WebSockets go to. `slow`: milliseconds before a .bin is given. */
export async function startSite({ backend = null } = {}) {
    const site = { backend, slow: 0, missing: new Set(), served: [] };
    const server = http.createServer(async (request, response) => {
        const { pathname } = new URL(request.url, "http://site");
        site.served.push(pathname);
        if (pathname === "/") {
            response.writeHead(200, { ...headers, "Content-Type": "text/html; charset=utf-8" });
            return response.end("<!doctype html><title>Debrief</title>");
        }
        const file = path.join(core, pathname.replace("/core/", ""));
        const kind = path.extname(file);
        if (!pathname.startsWith("/core/") || pathname.includes("..") || !fs.existsSync(file) || site.missing.has(kind) || [...site.missing].some((part) => pathname.includes(part))) {
            response.writeHead(404, headers);
            return response.end();
        }
        if (kind === ".bin" && site.slow > 0) await new Promise((resolve) => setTimeout(resolve, site.slow));
        const packed = fs.existsSync(file + ".br");
        response.writeHead(200, { ...headers, "Content-Type": types[kind], ...(packed ? { "Content-Encoding": "br" } : {}) });
        response.end(fs.readFileSync(packed ? file + ".br" : file));
    });
    const sockets = new Set();
    server.on("upgrade", (request, socket, head) => {
        if (site.backend === null) return socket.destroy();
        const up = net.connect(site.backend, "127.0.0.1", () => {
            const lines = [`${request.method} ${request.url} HTTP/1.1`];
            for (let at = 0; at < request.rawHeaders.length; at += 2) lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
            up.write(lines.join("\r\n") + "\r\n\r\n");
            up.write(head);
            socket.pipe(up).pipe(socket);
        });
        for (const one of [up, socket]) {
            sockets.add(one);
            one.on("error", () => undefined).on("close", () => {
                sockets.delete(one);
                up.destroy();
                socket.destroy();
            });
        }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    site.port = server.address().port;
    site.url = `http://127.0.0.1:${site.port}/`;
    site.cut = () => sockets.forEach((socket) => socket.destroy());
    site.close = () => {
        site.cut();
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
    };
    return site;
}

/** A browser with a profile of its own, which outlives it. */
export class Browser {
    constructor(profile = temporaryFolder("profile")) {
        this.profile = profile;
    }
    async start() {
        for (const name of fs.readdirSync(this.profile)) if (name.startsWith("Singleton")) fs.rmSync(path.join(this.profile, name), { force: true });
        this.context = await chromium.launchPersistentContext(this.profile, {
            executablePath,
            headless: true,
            args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        });
        this.context.setDefaultTimeout(30_000);
        return this;
    }
    /** A private window: a browser that forgets. */
    static async private() {
        const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--incognito", "--disable-gpu"] });
        const context = await browser.newContext();
        context.on("close", () => browser.close());
        return context;
    }
    /** A tab with the worker started. */
    async tab(site) {
        const page = await this.context.newPage();
        await page.goto(site.url);
        return new Tab(page).begin();
    }
    /** As the system does when memory is short: nobody may tidy up. */
    async kill() {
        const out = await import("node:child_process").then(({ execFileSync }) => execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }));
        const all = out.split("\n").filter((line) => line.includes(`--user-data-dir=${this.profile}`)).map((line) => Number(line.trim().split(" ")[0]));
        const alive = new Promise((resolve) => this.context.once("close", resolve));
        for (const process_ of all) {
            try {
                process.kill(process_, "SIGKILL");
            } catch {
                // It ended by itself meanwhile.
            }
        }
        await alive;
    }
    close() {
        return this.context.close();
    }
}

export class Tab {
    constructor(page) {
        this.page = page;
    }
    async begin() {
        await this.page.evaluate(() => {
            window.told = [];
            window.waiting = new Map();
            window.lastId = 0;
            window.worker = new Worker("/core/worker.js", { type: "module", name: "debrief" });
            window.worker.onmessage = ({ data }) => {
                if (data.method !== undefined) return window.told.push(data);
                const done = window.waiting.get(data.id);
                window.waiting.delete(data.id);
                done?.(data);
            };
            window.worker.onerror = (event) => window.told.push({ method: "broken", params: event.message });
            window.ask = (method, params) =>
                new Promise((resolve) => {
                    const id = ++window.lastId;
                    window.waiting.set(id, resolve);
                    window.worker.postMessage({ jsonrpc: "2.0", id, method, params });
                });
        });
        return this;
    }
    /** The whole answer. */
    ask(method, params = {}) {
        return this.page.evaluate(([name, given]) => window.ask(name, given), [method, params]);
    }
    /** The result; throws what was refused. */
    async call(method, params = {}) {
        const answer = await this.ask(method, params);
        if (answer.error) throw Object.assign(new Error(`${method}: ${JSON.stringify(answer.error)}`), { error: answer.error });
        return answer.result;
    }
    /** Everything that was told under this name. */
    told(method) {
        return this.page.evaluate((name) => window.told.filter((one) => one.method === name).map((one) => one.params), method);
    }
    async hears(method, condition = () => true, ms = 15_000) {
        return until(`notification ${method}`, async () => (await this.told(method)).findLast(condition), ms);
    }
    close() {
        return this.page.close();
    }
}
