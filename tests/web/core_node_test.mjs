// The same core's numbers in the browser and natively: whole debriefs through both doors give the same bytes.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";

import { playPage } from "./support/conversation_script.mjs";
import { program, root, temporaryFolder } from "./support/house.mjs";
import { NodeCore } from "./support/node_core.mjs";

const clock = "2025-03-13T09:00:00Z";
const models = fs.readFileSync(path.join(root, "bot/understanding/models.bin"));
const encoder = path.join(root, "build/debug/share/debrief/encoder.bin");

function pages(folder = path.join(root, "tests/conversations")) {
    return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const at = path.join(folder, entry.name);
        if (entry.isDirectory()) return pages(at);
        return entry.name.endsWith(".md") && entry.name !== "README.md" ? [at] : [];
    });
}

/** What the module says to a page, and the requests that made it say so. */
async function throughModule(page, config = {}, data = {}) {
    const core = await NodeCore.open(temporaryFolder("module"), { test_clock: clock, seed: 7, ...config });
    assert.equal(core.data("models.bin", models), 1);
    for (const [name, bytes] of Object.entries(data)) assert.equal(core.data(name, bytes), 1);
    const requests = [], said = [];
    playPage(page, (method, params) => {
        const text = JSON.stringify({ jsonrpc: "2.0", id: requests.length + 1, method, params });
        requests.push(text);
        const lines = core.ask(text);
        said.push(...lines);
        return lines.map((line) => JSON.parse(line)).find((one) => one.id === requests.length).result;
    });
    core.close();
    return { requests, said };
}

async function throughProgram(requests, encoderFile = "off") {
    const child = spawn(program, ["rpc", "--store", temporaryFolder("program") + "/store", "--test-clock", clock, "--seed", "7"], {
        env: { ...process.env, DEBRIEF_ENCODER: encoderFile, TZ: "UTC" },
        stdio: ["pipe", "pipe", "inherit"],
    });
    const said = [];
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const [number, request] of requests.entries()) {
        child.stdin.write(request + "\n");
        for (;;) {
            const { value, done } = await lines.next();
            assert.ok(!done, `the program ended at ${request}`);
            said.push(value);
            if (JSON.parse(value).id === number + 1) break;
        }
    }
    child.stdin.end();
    for await (const line of lines) said.push(line);
    return said;
}

/** Notifications of a change may come before or after an answer by a poll: each line is there, in each one's order. */
function sorted(lines) {
    const answers = lines.filter((line) => JSON.parse(line).id !== undefined);
    const news = lines.filter((line) => JSON.parse(line).id === undefined);
    return { answers, news };
}

for (const page of pages()) {
    test(`${path.basename(page)}: the module says what the program says, byte for byte`, async () => {
        const { requests, said } = await throughModule(page);
        assert.ok(requests.length > 5);
        assert.deepEqual(sorted(said), sorted(await throughProgram(requests)));
    });
}

test("what a page asks to show itself, to sync and to keep records is answered without the module's second part", async () => {
    const core = await NodeCore.open(temporaryFolder("parts"), { test_clock: clock, seed: 7 });
    core.call("system.info");
    core.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
    core.call("sync.status");
    core.call("record.put", { table: "account", fields: { name: "Brightfield Dairy" } });
    core.call("record.list", { table: "account" });
    core.call("search", { query: "Brightfield" });
    assert.equal(core.talks, false);
    core.call("understand", { text: "They lose 8k a week.", context: { meeting_date: "2025-03-12", contacts: [] } });
    assert.equal(core.talks, true);
    core.close();
});

test("with the sentence encoder, too, both read a debrief alike", { skip: !fs.existsSync(encoder) && "the encoder was not fetched" }, async () => {
    const page = path.join(root, "tests/conversations/first_debrief.md");
    const { requests, said } = await throughModule(page, { encoder: "encoder.bin" }, { "encoder.bin": fs.readFileSync(encoder) });
    assert.deepEqual(sorted(said), sorted(await throughProgram(requests, encoder)));
});

test("what was answered is there when the store is opened again", async () => {
    const folder = temporaryFolder("again");
    const first = await NodeCore.open(folder);
    first.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
    const { id } = first.call("record.put", { table: "account", fields: { name: "Brightfield Dairy" } });
    first.files.release(); // As when a tab is killed: nothing is closed in order.
    const second = await NodeCore.open(folder);
    assert.equal(second.call("record.get", { table: "account", id }).name, "Brightfield Dairy");
    assert.deepEqual(second.call("search", { query: "brightf" }).hits.map((hit) => hit.id), [id]);
    second.close();
});

test("before the models have come nothing is guessed, and the words are kept", async () => {
    const core = await NodeCore.open(temporaryFolder("early"), { test_clock: clock });
    core.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
    const early = core.call("understand", { text: "They lose 8k a week.", context: { meeting_date: "2025-03-12", contacts: [] } });
    assert.deepEqual(early.facts, []);
    assert.equal(core.data("models.bin", models.subarray(0, 1000)), 0);
    assert.equal(core.data("models.bin", models), 1);
    const later = core.call("understand", { text: "They lose 8k a week.", context: { meeting_date: "2025-03-12", contacts: [] } });
    assert.equal(later.facts[0].dimension, "cost_of_inaction");
    core.close();
});

test("a full disk is said, and nothing is changed", async () => {
    const core = await NodeCore.open(temporaryFolder("full"));
    core.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
    const write = core.files.write;
    core.files.write = () => 2;
    assert.throws(() => core.call("record.put", { table: "account", fields: { name: "Lost" } }), /disk is full/);
    core.files.write = write;
    assert.deepEqual(core.call("record.list", { table: "account" }).records, []);
    core.call("record.put", { table: "account", fields: { name: "Kept" } });
    core.close();
});
