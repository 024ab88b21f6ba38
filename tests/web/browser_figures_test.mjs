// Figures of the program in a browser: printed, and bounded so that a mistake of a whole order is seen. A machine that does
// other work meanwhile is slower: DEBRIEF_SLOW=1 asks for the figures as they are promised.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { Browser, core, startSite } from "./support/browser.mjs";
import { Device, Server } from "./support/server.mjs";

const slow = Number(process.env.DEBRIEF_SLOW ?? 10);
let site, browser, server;
before(async () => {
    server = await new Server().start();
    await server.admin("user", "add", "Ada Lind", "--role", "manager");
    await server.admin("team", "add", "North", "--manager", "Ada Lind");
    await server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North");
    site = await startSite({ backend: server.port });
    browser = await new Browser().start();
});
after(async () => {
    await browser?.close();
    await site?.close();
    await server?.stop();
});

test("what a page needs to show itself and to sync weighs at most 900 kB, as brotli sends it", () => {
    const first = fs.readdirSync(core).filter((name) => name.endsWith(".br") && !name.startsWith("debrief.talk"));
    const bytes = first.map((name) => fs.statSync(path.join(core, name)).size).reduce((sum, one) => sum + one, 0);
    console.log(`worker, loader and the module's first part: ${bytes} bytes as brotli`);
    assert.equal(first.length, 3);
    assert.ok(bytes <= 900_000);
});

test("10,000 records come to a fresh browser", async () => {
    const rep = new Device();
    await rep.call("sync.join", { invitation: await server.admin("invite", "Ben Rep") });
    const accounts = [];
    for (let number = 0; number < 20; ++number)
        accounts.push((await rep.call("record.put", { table: "account", fields: { name: `Account ${number}` } })).id);
    for (let begun = 0; begun < 10_000; begun += 500) {
        await Promise.all(
            Array.from({ length: 500 }, (_, at) =>
                rep.call("record.put", {
                    table: "observation",
                    fields: { account: accounts[at % 20], dimension: "why_change", text: `Fact ${begun + at}: the line stops twice a week`, said_on: "2026-03-02", state: "confirmed" },
                }),
            ),
        );
    }
    await rep.call("sync.once", { timeout_s: 120 });
    await rep.close();

    const tab = await browser.tab(site);
    await tab.call("sync.join", { invitation: (await server.admin("invite", "Ada Lind")).replace(String(server.port), String(site.port)) });
    const took = await tab.page.evaluate(async () => {
        const begun = performance.now();
        const answer = await window.ask("sync.once", { timeout_s: 120 });
        if (answer.error) throw new Error(JSON.stringify(answer.error));
        return performance.now() - begun;
    });
    const { hits } = await tab.call("search", { query: "Fact 9999" });
    assert.equal(hits.length, 1);
    console.log(`10,000 records into a fresh browser: ${Math.round(took)} ms`);
    assert.ok(took < 3000 * slow);
    await tab.close();
});

test("the program answers soon after a reload", async () => {
    const tab = await browser.tab(site);
    await tab.call("system.info");
    const times = [];
    for (let round = 0; round < 5; ++round) {
        await tab.page.reload();
        const begun = Date.now();
        await tab.begin();
        await tab.call("system.info");
        times.push(Date.now() - begun);
    }
    times.sort((a, b) => a - b);
    console.log(`worker started until the first answer, store of 10,000 records: ${times.join(", ")} ms`);
    assert.ok(times[2] < 1000 * slow);
    await tab.close();
});

test("durable saves one after the other", async () => {
    const tab = await browser.tab(site);
    const account = (await tab.call("record.put", { table: "account", fields: { name: "Aldgate Foods" } })).id;
    const took = await tab.page.evaluate(async (id) => {
        const begun = performance.now();
        for (let at = 0; at < 300; ++at)
            await window.ask("record.put", { table: "observation", fields: { account: id, dimension: "timing", text: `fact ${at}`, said_on: "2026-03-02", state: "confirmed" } });
        return performance.now() - begun;
    }, account);
    console.log(`300 durable saves: ${Math.round(300_000 / took)} a second`);
    assert.ok(took < 3000 * slow);
    await tab.close();
});
