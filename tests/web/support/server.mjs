// A real `debrief serve` and devices of the real program, on loopback.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { program, run, temporaryFolder } from "./house.mjs";

export class Server {
    constructor(data = temporaryFolder("server") + "/data") {
        this.data = data;
        this.port = 0;
    }
    /** Started again it keeps its port. */
    async start() {
        this.child = spawn(program, ["serve", "--data", this.data, "--listen", `127.0.0.1:${this.port}`], { stdio: ["ignore", "pipe", "ignore"] });
        process.on("exit", () => this.child.kill("SIGKILL"));
        this.port = await new Promise((resolve, reject) => {
            createInterface({ input: this.child.stdout }).on("line", (line) => {
                const found = /https?:\/\/127\.0\.0\.1:(\d+)/.exec(line);
                if (found) resolve(Number(found[1]));
            });
            this.child.on("close", () => reject(new Error("the server ended")));
        });
        return this;
    }
    admin(...words) {
        return run(["admin", "--data", this.data, ...words]).then((out) => out.trim());
    }
    async stop(signal = "SIGTERM") {
        const ended = new Promise((resolve) => this.child.once("close", resolve));
        this.child.kill(signal);
        await ended;
    }
}

/** `debrief rpc` on a store. */
export class Device {
    constructor(store = temporaryFolder("device") + "/store") {
        this.waiting = new Map();
        this.told = [];
        this.lastId = 0;
        this.child = spawn(program, ["rpc", "--store", store], { env: { ...process.env, DEBRIEF_ENCODER: "off" }, stdio: ["pipe", "pipe", "ignore"] });
        process.on("exit", () => this.child.kill("SIGKILL"));
        createInterface({ input: this.child.stdout }).on("line", (line) => {
            const said = JSON.parse(line);
            if (said.id === undefined) return this.told.push(said);
            this.waiting.get(said.id)(said);
            this.waiting.delete(said.id);
        });
    }
    call(method, params = {}) {
        const id = ++this.lastId;
        this.child.stdin.write(JSON.stringify({ jsonrpc: "2.0", id, method, params }) + "\n");
        return new Promise((resolve, reject) =>
            this.waiting.set(id, (said) => (said.error ? reject(new Error(JSON.stringify(said.error))) : resolve(said.result))),
        );
    }
    async close() {
        const ended = new Promise((resolve) => this.child.once("close", resolve));
        this.child.stdin.end();
        await ended;
    }
}
