// `debrief serve` as a real process, for tests with several people. Loopback only.
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { debrief } from "./support.mjs";

export class Server {
    /** `web`: the folder of the web app's files, if it is to serve them. */
    constructor(data, web) {
        this.data = data;
        this.web = web;
        this.port = 0;
    }

    async start() {
        this.process = spawn(debrief, ["serve", "--data", this.data, "--listen", `127.0.0.1:${this.port}`, ...(this.web ? ["--web", this.web] : [])], { stdio: ["ignore", "pipe", "ignore"] });
        for await (const line of createInterface({ input: this.process.stdout })) {
            const found = /https?:\/\/127\.0\.0\.1:(\d+)/.exec(line);
            if (!found) continue;
            this.port = Number(found[1]);
            return this;
        }
        throw new Error("the server does not start");
    }

    admin(...words) {
        const done = spawnSync(debrief, ["admin", "--data", this.data, ...words], { encoding: "utf8", timeout: 60_000 });
        if (done.status !== 0) throw new Error(`admin ${words.join(" ")}: ${done.stderr}`);
        return done.stdout.trim();
    }

    async stop() {
        if (this.process.exitCode !== null) return;
        const gone = new Promise((resolve) => this.process.once("exit", resolve));
        this.process.kill("SIGTERM");
        await gone;
    }
}
