// Several tabs, one store: one of them runs the program, the others ask it, and when it goes the next one takes over.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, startSite } from "./support/browser.mjs";
import { pause, temporaryFolder, until } from "./support/house.mjs";

let site, browser;
before(async () => {
    site = await startSite();
    browser = await new Browser().start();
});
after(async () => {
    await browser.close();
    await site.close();
});

test("a second tab works on the same store, and both hear of changes", async () => {
    const first = await browser.tab(site);
    await first.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
    const second = await browser.tab(site);
    assert.equal((await second.call("system.info")).user_name, "Jonas Brandt");
    assert.equal((await second.hears("host")).owner, false);
    const { id } = await second.call("record.put", { table: "account", fields: { name: "Brightfield Dairy" } });
    await first.hears("changed", (changed) => changed.records.some((record) => record.id === id));
    await second.hears("changed", (changed) => changed.records.some((record) => record.id === id));
    assert.equal((await first.call("record.get", { table: "account", id })).name, "Brightfield Dairy");
    await second.close();
    await first.close();
});

test("when the owner goes another tab takes over within a second, and no request is lost silently", async () => {
    const owner = await browser.tab(site);
    await owner.call("system.info");
    const other = await browser.tab(site);
    await other.call("system.info");
    // Writes one after the other, all the time: each is answered, or refused by name.
    await other.page.evaluate(() => {
        window.written = [];
        window.refused = 0;
        window.longest = 0;
        window.writing = (async () => {
            for (let number = 0; window.ended !== true; ++number) {
                const begun = performance.now();
                const answer = await window.ask("record.put", { table: "account", fields: { name: `Taken ${number}` } });
                window.longest = Math.max(window.longest, performance.now() - begun);
                if (answer.result) window.written.push(answer.result.id);
                else if (answer.error.data.code === "door_lost") ++window.refused;
                else throw new Error(JSON.stringify(answer));
            }
        })();
    });
    await pause(300);
    await owner.page.close();
    await until("the other one owns the store", async () => (await other.call("host.status")).owner && (await other.told("host")).some((host) => host.owner));
    await pause(300);
    const { written, refused, longest } = await other.page.evaluate(async () => {
        window.ended = true;
        await window.writing;
        return { written: window.written, refused: window.refused, longest: window.longest };
    });
    console.log(`takeover: the longest write took ${Math.round(longest)} ms`);
    assert.ok(written.length > 2, `${written.length} were written`);
    assert.ok(refused <= 1);
    assert.ok(longest < 1000 * Number(process.env.DEBRIEF_SLOW ?? 3), `${longest} ms without an answer`);
    for (const id of written) assert.ok(await other.call("record.get", { table: "account", id }));
    await other.close();
});

test("a reading that was under way when the owner went is asked again", async () => {
    const owner = await browser.tab(site);
    await owner.call("system.info");
    const other = await browser.tab(site);
    await other.call("system.info");
    const answers = other.page.evaluate(() => Promise.all(Array.from({ length: 30 }, () => window.ask("export", { format: "json" }))));
    await pause(5);
    await owner.close();
    for (const answer of await answers) assert.equal(answer.error, undefined);
    await other.close();
});

test("a tab that is killed in the middle of writes loses nothing that was answered", async () => {
    const kills = Number(process.env.DEBRIEF_KILLS ?? 10);
    const killed = new Browser(temporaryFolder("killed"));
    let answered = [];
    for (let round = 0; round <= kills; ++round) {
        await killed.start();
        const tab = await killed.tab(site);
        if (round === 0) await tab.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
        const there = new Set();
        for (let after = {}; after !== null; ) {
            const page = await tab.call("record.list", { table: "task", order: "id", limit: 500, ...after });
            for (const record of page.records) there.add(record.id);
            after = page.next ? { after: page.next } : null;
        }
        for (const id of answered) assert.ok(there.has(id), `round ${round}: ${id} was answered and is lost`);
        if (round === kills) {
            await killed.close();
            break;
        }
        const told = [];
        await tab.page.exposeFunction("note", (id) => told.push(id));
        await tab.page.evaluate((number) => {
            void (async () => {
                for (let at = 0; ; ++at) {
                    const answer = await window.ask("record.put", { table: "task", fields: { text: `round ${number}, ${at} ` + "x".repeat(at % 3000), due: "2026-03-02" } });
                    if (answer.result) window.note(answer.result.id);
                }
            })();
        }, round);
        await until("some are written", () => told.length > 3);
        await pause(Math.random() * 150);
        await killed.kill();
        answered.push(...told);
    }
    assert.ok(answered.length > 3 * kills);
    console.log(`${kills} kills, ${answered.length} answered, none lost`);
});
