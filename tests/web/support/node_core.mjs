// The module under node: the same bytes as in a browser, with a folder for its files.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { webcrypto } from "node:crypto";

import { FolderFiles } from "./folder_files.mjs";
import { root } from "./house.mjs";

// The loader is made for workers.
globalThis.self ??= globalThis;
globalThis.location ??= { href: "" };

const built = path.join(root, "build/web/platform/web/core");

export class NodeCore {
    /** `config` as debrief_open takes it. Throws with what the store said. */
    static async open(folder, config = {}) {
        const core = new NodeCore();
        core.files = new FolderFiles(folder);
        core.told = [];
        /** Whether the module's second part was needed. */
        core.talks = false;
        const make = (await import(pathToFileURL(path.join(built, "debrief.mjs")))).default;
        const files = core.files;
        core.module = await make({
            instantiateWasm(imports, done) {
                const part = (name) => new WebAssembly.Module(fs.readFileSync(path.join(built, name)));
                const first = part("debrief.wasm");
                // As platform/web/worker/src/second_part.ts.
                let instance = null;
                const placeholder = new Proxy({}, {
                    get: (_, place) => (...given) => {
                        if (!core.talks) new WebAssembly.Instance(part("debrief.talk.wasm"), { primary: instance.exports });
                        core.talks = true;
                        return Object.values(instance.exports).find((one) => one instanceof WebAssembly.Table).get(Number(place))(...given);
                    },
                });
                instance = new WebAssembly.Instance(first, { ...imports, placeholder });
                done(instance, first);
                return instance.exports;
            },
            printErr: (line) => process.stderr.write(line + "\n"),
            host: {
                ...Object.fromEntries(
                    ["open", "close", "read", "write", "truncate", "sync", "size", "exists", "remove", "rename"].map((name) => [
                        name,
                        (...given) => files[name](...given),
                    ]),
                ),
                random: (into) => webcrypto.getRandomValues(into),
                tell: (text) => core.told.push(text),
                linkOpen() {},
                linkSend() {},
                linkClose() {},
            },
        });
        if (core.withText(JSON.stringify({ encoder: "", ...config }), (at) => core.module._debrief_open(at)) === 0)
            throw new Error(core.told.join("\n"));
        return core;
    }

    /** All that is told because of it, as lines. */
    ask(text) {
        this.told = [];
        this.withText(text, (at) => this.module._debrief_request(at));
        this.module._debrief_poll();
        return this.told;
    }
    /** The result of one method. Throws what it refused. */
    call(method, params = {}) {
        const answers = this.ask(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params })).map((line) => JSON.parse(line));
        const answer = answers.find((one) => one.id === 1);
        if (answer.error) throw Object.assign(new Error(JSON.stringify(answer.error)), { error: answer.error });
        return answer.result;
    }
    data(name, bytes) {
        return this.withText(name, (at) => this.withBytes(bytes, (start) => this.module._debrief_data(at, start, bytes.length)));
    }
    close() {
        this.module._debrief_close();
        this.files.release();
    }

    withText(text, act) {
        return this.withBytes(new TextEncoder().encode(text + "\0"), act);
    }
    withBytes(bytes, act) {
        const at = this.module._malloc(bytes.length);
        this.module.HEAPU8.set(bytes, at);
        const result = act(at);
        this.module._free(at);
        return result;
    }
}
