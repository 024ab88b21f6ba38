// Where a browser has no room, or no place at all: said before anybody types, and nothing is changed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser, startSite, Tab } from "./support/browser.mjs";

let site, browser;
before(async () => {
    site = await startSite();
    browser = await new Browser().start();
});
after(async () => {
    await browser.close();
    await site.close();
});

test("a browser without private files works in memory, and says so first", async () => {
    const page = await browser.context.newPage();
    await page.route("**/core/worker.js", async (route) => {
        const response = await route.fetch();
        // As in a browser that does not have them.
        await route.fulfill({ response, body: "delete StorageManager.prototype.getDirectory;" + (await response.text()) });
    });
    await page.goto(site.url);
    const tab = await new Tab(page).begin();
    const host = await tab.hears("host");
    assert.equal(host.storage, "memory");
    assert.equal(host.persisted, false);
    await tab.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
    assert.equal((await tab.call("system.info")).user_name, "Jonas Brandt");
    await tab.close();
});

test("a full quota is an error with a hint; nothing is changed, and it goes on when there is room", async () => {
    const tab = await browser.tab(site);
    await tab.call("store.init", { workspace: "Northwind", user: "Jonas Brandt" });
    const devtools = await browser.context.newCDPSession(tab.page);
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: site.url.slice(0, -1), quotaSize: 1024 * 1024 });
    let refused = null;
    for (let number = 0; number < 100 && refused === null; ++number) {
        const answer = await tab.ask("record.put", { table: "task", fields: { text: "x".repeat(60_000), due: "2026-03-02" } });
        refused = answer.error ?? null;
    }
    assert.equal(refused?.data.code, "full");
    assert.notEqual(refused.data.hint, "");
    const before_ = (await tab.call("record.list", { table: "task" })).records.length;
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: site.url.slice(0, -1) });
    await tab.call("record.put", { table: "task", fields: { text: "again", due: "2026-03-02" } });
    assert.equal((await tab.call("record.list", { table: "task" })).records.length, before_ + 1);
    await tab.close();
});

// Chromium hides which window is a private one; what it says must not promise more than it gives.
test("a private window is never said to keep what it is given", async () => {
    const private_ = await Browser.private();
    const page = await private_.newPage();
    await page.goto(site.url);
    const tab = await new Tab(page).begin();
    assert.equal((await tab.hears("host", () => true, 60_000)).persisted, false);
    await private_.close();
});
