// The program in a browser, on the browser's own storage: what was answered stays, whatever happens to tab and browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, startSite } from "./support/browser.mjs";
import { until } from "./support/house.mjs";

let site, browser;
before(async () => {
    site = await startSite();
    browser = await new Browser().start();
});
after(async () => {
    await browser.close();
    await site.close();
});

test("a debrief in the browser: said, understood, confirmed; and still there after a reload", async () => {
    const tab = await browser.tab(site);
    const host = await tab.hears("host");
    assert.equal(host.storage, "opfs");
    assert.equal(host.owner, true);
    assert.equal(host.fresh, true);
    await tab.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
    const account = (await tab.call("record.put", { table: "account", fields: { name: "Brightfield Dairy" } })).id;
    await tab.call("record.put", { table: "contact", fields: { account, name: "Sarah Chen", role: "COO" } });
    const { conversation } = await tab.call("chat.start", { kind: "debrief", account });
    const said = await tab.call("chat.say", { conversation, text: "Sarah told me that every stop of the line costs them 8k in spoiled milk." });
    assert.ok(said.messages.length > 0);
    await tab.call("chat.act", { conversation, action: "stop" });
    await tab.call("chat.act", { conversation, action: "confirm" });
    const journey = await tab.call("journey.get", { account });
    assert.equal(journey.dimensions.cost_of_inaction.status, "known");

    await tab.page.reload();
    await tab.begin();
    assert.deepEqual(await tab.call("journey.get", { account }), journey);
    const again = await tab.hears("host");
    assert.equal(again.fresh, false);
    await tab.close();
});

test("a browser that is killed has lost nothing that was answered", async () => {
    let tab = await browser.tab(site);
    const names = [];
    for (let number = 0; number < 20; ++number) {
        names.push(`Account ${number}`);
        await tab.call("record.put", { table: "account", fields: { name: names.at(-1) } });
    }
    await browser.kill();
    await browser.start();
    tab = await browser.tab(site);
    const { records } = await tab.call("record.list", { table: "account", order: "name" });
    const there = new Set(records.map((record) => record.name));
    for (const name of names) assert.ok(there.has(name), `${name} is lost`);
    await tab.close();
});

test("what notes are read with is fetched after the first answer, kept, and waited for", async () => {
    const tab = await browser.tab(site);
    await tab.call("system.info");
    await until("the models", async () => (await tab.call("host.status")).language.models === "ready");
    await tab.close();
    // Without the network: from the cache.
    site.missing.add(".bin");
    try {
        const offline = await browser.tab(site);
        const read = await offline.call("understand", { text: "They lose 8k a week.", context: { meeting_date: "2025-03-12", contacts: [] } });
        assert.equal(read.facts[0].dimension, "cost_of_inaction");
        await offline.close();
    } finally {
        site.missing.clear();
    }
});

test("without the module's second part records are kept; what needs it is refused, and done when it can be fetched", async () => {
    site.missing.add("debrief.talk");
    const tab = await browser.tab(site);
    const note = { text: "They lose 8k a week.", context: { meeting_date: "2025-03-12", contacts: [] } };
    try {
        const account = (await tab.call("record.put", { table: "account", fields: { name: "Fairweather Mills" } })).id;
        assert.equal((await tab.ask("understand", note)).error?.data.code, "offline");
        assert.equal((await tab.call("record.get", { table: "account", id: account })).name, "Fairweather Mills");
    } finally {
        site.missing.clear();
    }
    assert.equal((await tab.call("understand", note)).facts[0].dimension, "cost_of_inaction");
    await tab.close();
});

test("the store's file can be taken out of the browser, and the store goes on", async () => {
    const tab = await browser.tab(site);
    await tab.call("system.info");
    const head = await tab.page.evaluate(async () => {
        const answer = await window.ask("host.export", {});
        return new TextDecoder().decode(answer.result.bytes.subarray(0, 15));
    });
    assert.equal(head, "SQLite format 3");
    assert.equal((await tab.call("system.info")).user_name, "Jonas Brandt");
    await tab.close();
});

test("wiping leaves nothing, and says so", async () => {
    const tab = await browser.tab(site);
    await tab.call("host.wipe");
    assert.equal((await tab.call("system.info")).user, null);
    assert.equal((await tab.hears("host", (host) => host.fresh)).fresh, true);
    await tab.close();
});
