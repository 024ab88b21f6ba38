// Serves the built app with the door of `debrief open` before the real program: files and one WebSocket that carries the
// JSON-RPC of a `debrief rpc` process. For tests that hold the program's clock, and for development. Loopback only.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../../platform/web/app/package.json", import.meta.url));
const { WebSocketServer } = require("ws");

const types = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json", ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
};
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
    "connect-src 'self' ws://HOST; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `mark`: as `debrief open`; without it as `debrief serve`, for tests of the files alone. */
export async function bridge({ files, debrief, store, options = [], mark = true, port = 0 }) {
    const secret = randomBytes(32).toString("base64url");
    const server = createServer((request, response) => {
        const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
        let file = join(files, path);
        if (!file.startsWith(files) || !existsSync(file) || !statSync(file).isFile()) {
            if (extname(path)) return response.writeHead(404).end();
            file = join(files, "index.html");
        }
        let body = readFileSync(file);
        if (mark && file.endsWith("index.html")) body = body.toString().replace("<head>", '<head><meta name="debrief-door" content="rpc">');
        response.writeHead(200, {
            "Content-Type": types[extname(file)] ?? "application/octet-stream", "Cache-Control": "no-cache",
            "Content-Security-Policy": policy.replace("HOST", request.headers.host), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
        }).end(body);
    });
    const pages = new Set();
    const program = spawn(debrief, ["rpc", "--store", store, ...options], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, DEBRIEF_ENCODER: "off" } });
    const waiting = new Map();
    let last = 0;
    let lost = null;
    createInterface({ input: program.stdout }).on("line", (line) => {
        const said = JSON.parse(line);
        if (said.method) return pages.forEach((page) => page.send(line));
        const asked = waiting.get(said.id);
        waiting.delete(said.id);
        asked?.page.send(JSON.stringify({ ...said, id: asked.id }));
    });
    const sockets = new WebSocketServer({ server, path: "/rpc", maxPayload: 16 << 20 });
    sockets.on("connection", (page) => {
        let entered = false;
        page.on("message", (data) => {
            const request = JSON.parse(data.toString());
            if (!entered) {
                entered = request.method === "page.enter" && request.params.secret === secret;
                const answer = entered ? { result: { version: "bridge" } } : { error: { code: -32002, message: "denied", data: {} } };
                page.send(JSON.stringify({ jsonrpc: "2.0", id: request.id, ...answer }));
                if (entered) pages.add(page);
                else page.close(4401);
                return;
            }
            if (request.method === lost) {
                lost = null;
                return page.terminate();
            }
            waiting.set(++last, { page, id: request.id });
            program.stdin.write(JSON.stringify({ ...request, id: last }) + "\n");
        });
        page.on("close", () => pages.delete(page));
    });
    await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${server.address().port}`;
    return {
        origin,
        secret,
        url: `${origin}/#secret=${secret}`,
        /** The next call of this method is lost on the way, and the line with it. */
        lose: (method) => { lost = method; },
        cut: () => pages.forEach((page) => page.terminate()),
        close: async () => {
            pages.forEach((page) => page.terminate());
            program.stdin.end();
            server.closeAllConnections();
            await new Promise((resolve) => server.close(resolve));
            program.kill();
        },
    };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
    const [, , files, debrief, store, port = "0", ...options] = process.argv;
    const running = await bridge({ files, debrief, store, port: Number(port), options });
    console.log(running.url);
}
