// A browser and a real server: joined by an invitation, both directions, live, through a cut network and a killed server.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { Browser, startSite } from "./support/browser.mjs";
import { until } from "./support/house.mjs";
import { Device, Server } from "./support/server.mjs";

let site, browser, server, manager, tab, account;
before(async () => {
    server = await new Server().start();
    await server.admin("user", "add", "Ada Lind", "--role", "manager");
    await server.admin("team", "add", "North", "--manager", "Ada Lind");
    await server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North");
    await server.admin("user", "add", "Root", "--role", "admin");
    manager = new Device();
    await manager.call("sync.join", { invitation: await server.admin("invite", "Ada Lind") });
    await manager.call("sync.connect");
    site = await startSite({ backend: server.port });
    browser = await new Browser().start();
});
after(async () => {
    await browser?.close();
    await manager?.close();
    await site?.close();
    await server?.stop();
});

/** The invitation as it reads at the address that the page came from. */
async function invitation(user) {
    return (await server.admin("invite", user)).replace(String(server.port), String(site.port));
}

test("a wrong invitation is refused by name, a right one lets the browser in", async () => {
    tab = await browser.tab(site);
    const wrong = await tab.ask("sync.join", { invitation: (await invitation("Ben Rep")).replace(/#.*/, "#" + "x".repeat(42) + "A") });
    assert.equal(wrong.error.data.code, "denied");
    const joined = await tab.call("sync.join", { invitation: await invitation("Ben Rep") });
    assert.equal(joined.user_name, "Ben Rep");
    assert.match(await server.admin("device", "list"), /Chrome on Linux/);
});

test("one round brings both sides to the same", async () => {
    account = (await tab.call("record.put", { table: "account", fields: { name: "Brightfield Dairy" } })).id;
    const round = await tab.call("sync.once");
    assert.equal(round.pushed, 1);
    assert.equal(round.parked, 0);
    assert.deepEqual(await tab.call("sync.once"), { pushed: 0, pulled: 0, parked: 0 });
    await until("the manager has the account", async () => (await manager.call("record.get", { table: "account", id: account }).catch(() => null))?.name === "Brightfield Dairy");
});

test("while a round is under way other requests are answered", async () => {
    const both = await tab.page.evaluate(async () => {
        const order = [];
        await Promise.all([
            window.ask("sync.once", {}).then(() => order.push("round")),
            window.ask("system.info", {}).then(() => order.push("info")),
        ]);
        return order;
    });
    assert.deepEqual(both, ["info", "round"]);
});

test("live: what one side confirms, the other sees by itself", async () => {
    await tab.call("sync.connect");
    await tab.hears("sync", (status) => status.state === "caught_up");
    const fact = (text) => ({ table: "observation", fields: { account, dimension: "why_change", text, said_on: "2026-03-02", state: "confirmed" } });
    const ours = (await tab.call("record.put", fact("from the browser"))).id;
    await until("the manager is told", () => manager.told.some((one) => one.method === "changed" && one.params.records.some((record) => record.id === ours)));
    const theirs = (await manager.call("record.put", fact("from the manager"))).id;
    await tab.hears("changed", (changed) => changed.records.some((record) => record.id === theirs));
    assert.equal((await tab.call("record.get", { table: "observation", id: theirs })).text, "from the manager");
});

test("a cut network and a killed server are said, and gone on from", async () => {
    await server.stop("SIGKILL");
    await tab.hears("sync", (status) => status.state === "offline" || status.state === "connecting");
    const made = (await tab.call("record.put", { table: "contact", fields: { account, name: "Sarah Chen" } })).id;
    const refused = await tab.ask("sync.once", { timeout_s: 2 });
    assert.equal(refused.error.data.code, "offline");
    assert.equal((await tab.call("sync.status")).pending, 1);
    await server.start();
    await until("the contact has arrived", async () => (await manager.call("record.get", { table: "contact", id: made }).catch(() => null))?.name === "Sarah Chen", 40_000);
    await until("the server has said so", async () => (await tab.call("sync.status")).pending === 0);
});

test("a store with records of its own joins a workspace and brings them along; a reload finds them", async () => {
    await tab.call("host.wipe");
    await tab.call("store.init", { workspace: "Mine", user: "Ben" });
    const id = (await tab.call("record.put", { table: "account", fields: { name: "Made before" } })).id;
    const asked = await tab.ask("sync.join", { invitation: await invitation("Ben Rep") });
    assert.equal(asked.error.data.field, "local");
    const joined = await tab.call("sync.join", { invitation: await invitation("Ben Rep"), local: "upload" });
    assert.equal(joined.user_name, "Ben Rep");
    assert.ok(joined.uploaded >= 1);
    await tab.call("sync.once");
    await until("it has arrived", async () => (await manager.call("record.get", { table: "account", id }).catch(() => null))?.name === "Made before");
    await tab.page.reload();
    await tab.begin();
    assert.equal((await tab.call("system.info")).user_name, "Ben Rep");
    assert.equal((await tab.call("record.get", { table: "account", id })).name, "Made before");
});

test("an administrator's browser gives orders to the server", async () => {
    const admin = await (await new Browser().start());
    const page = await admin.tab(site);
    await page.call("sync.join", { invitation: await invitation("Root") });
    const { users } = await page.call("admin.user.list");
    assert.ok(users.some((user) => user.name === "Ben Rep"));
    assert.match(JSON.stringify(await page.call("admin.invite", { user: "Ben Rep" })), /join#/);
    await admin.close();
});

/** Files of the site in this browser that hold the word. */
function withWord(word) {
    const place = path.join(browser.profile, "Default", "File System");
    return fs.readdirSync(place, { recursive: true }).map((name) => path.join(place, name))
        .filter((file) => fs.statSync(file).isFile() && fs.readFileSync(file).toString("latin1").includes(word));
}

test("a browser that is revoked while it is connected hands over, wipes its files and says so", async () => {
    await tab.call("sync.connect");
    await tab.hears("sync", (status) => status.state === "caught_up");
    const second = await browser.tab(site);
    await second.call("record.put", { table: "contact", fields: { account, name: "quetzal in the log" } });
    assert.ok(withWord("quetzal").length > 0, "the search finds nothing: it proves nothing");
    const { device } = await tab.call("system.info");
    await server.admin("device", "revoke", device);
    const told = await tab.hears("sync", (status) => status.wiped !== undefined);
    assert.equal(told.state, "revoked");
    assert.equal(told.wiped.lost, 0);
    assert.deepEqual(withWord("quetzal"), [], "words are left in the browser's files");
    await second.hears("sync", (status) => status.wiped !== undefined);
    const refused = await second.ask("record.list", { table: "contact" });
    assert.equal(refused.error.data.code, "denied");
    assert.match(refused.error.data.reason, /cut off by an administrator/);
    await second.close();
    await tab.page.reload();
    await tab.begin();
    assert.equal((await tab.call("sync.status")).state, "revoked");
    assert.equal((await tab.call("sync.join", { invitation: await invitation("Ben Rep") })).user_name, "Ben Rep");
    assert.equal((await tab.call("sync.status")).wiped, undefined);
});
