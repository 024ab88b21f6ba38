// What a browser has not sent yet: with the server gone twenty changes of five kinds are listed, each with its way back; when the server
// is there again all are sent and none is refused in silence. And what a colleague wrote meanwhile is not undone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Server } from "./server.mjs";
import { calls, debrief, files, folder, launch, needBuilt, pictures, root } from "./support.mjs";

const here = existsSync(join(files, "core/worker.js")) ? files : join(root, "build/web/site");
const skip = !existsSync(join(here, "core/worker.js")) && "the core is not built: ./dev web";
const slow_ms = 90_000; // A cold start compiles the core.
let browser, server, page, account, contacts, ada;

const native = (store, ...words) => execFileSync(debrief, [...words, "--store", store], { encoding: "utf8", env: { ...process.env, DEBRIEF_ENCODER: "off" } });

before(async () => {
    if (skip) return;
    needBuilt();
    browser = await launch();
    server = await new Server(join(folder("server"), "data"), here).start();
    server.admin("user", "add", "Ada Lind", "--role", "manager");
    server.admin("team", "add", "North", "--manager", "Ada Lind");
    server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North");
    // Ben's other device has the customer already.
    const ben = join(folder("ben"), "store");
    native(ben, "join", server.admin("invite", "Ben Rep"));
    [{ id: account }] = calls(ben, [["record.put", { table: "account", fields: { name: "Brightfield Dairy" } }]]);
    contacts = calls(ben, ["Sarah Chen", "Mo Idris"].map((name) => ["record.put", { table: "contact", fields: { account, name } }])).map((made) => made.id);
    calls(ben, ["Send the figures", "Clear the yard", "Name a date"].map((text) => ["record.put", { table: "commitment", fields: { account, text, state: "open", owner: contacts[0] } }]));
    native(ben, "sync");
    ada = join(folder("ada"), "store");
    native(ada, "join", server.admin("invite", "Ada Lind"));
    native(ada, "sync");
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

const address = (path) => `http://127.0.0.1:${server.port}${path}`;

/** Goes there without a network: the service worker has the page. */
async function go(path) {
    await page.goto(address(path));
    await page.waitForSelector("h1");
    await page.waitForFunction(() => !document.querySelector(".loading"));
}

async function add(button, fill) {
    await page.getByRole("button", { name: button }).first().click();
    const dialog = page.getByRole("dialog");
    await fill(dialog);
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
}

const listed = () => page.locator("#unsent").locator("xpath=ancestor::section").locator("li[data-n]");
const counting = async () => (await listed().filter({ visible: true }).count());

test("twenty changes of five kinds, made with the server gone, are all listed", { skip, timeout: 300_000 }, async () => {
    const session = await browser.newContext({ viewport: { width: 1000, height: 900 }, reducedMotion: "reduce" });
    page = await session.newPage();
    page.setDefaultTimeout(slow_ms);
    await page.goto(server.admin("invite", "Ben Rep"));
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: /Ben/ }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await go(`/accounts/${account}?tab=people`);
    await page.getByText("Sarah Chen").first().waitFor();
    await server.stop();

    for (let one = 1; one <= 5; one += 1) await add("Add a person", (dialog) => dialog.getByRole("textbox", { name: "Name" }).fill(`Person ${one}`));
    await go(`/accounts/${account}?tab=meetings`);
    for (let one = 1; one <= 4; one += 1) {
        await add("Add a meeting", async (dialog) => {
            await dialog.getByRole("textbox", { name: "What is it about?" }).fill(`Line walk ${one}`);
            await dialog.getByLabel("When does it begin?").fill("2031-05-04T09:30");
        });
    }
    await go(`/accounts/${account}?tab=together`);
    for (let one = 1; one <= 4; one += 1) await add("Add what we do", (dialog) => dialog.getByRole("textbox", { name: "What do we do?" }).fill(`Send paper ${one}`));
    for (let one = 1; one <= 3; one += 1) {
        await page.getByRole("button", { name: /^Kept/ }).first().click();
        await page.waitForFunction((left) => [...document.querySelectorAll("button")].filter((button) => button.textContent.startsWith("Kept")).length === left, 3 - one);
    }
    await go("/coaching");
    for (let one = 1; one <= 4; one += 1) {
        await page.getByRole("textbox", { name: "A goal of yours" }).fill(`Goal ${one}`);
        await page.getByRole("button", { name: "Add", exact: true }).click();
        await page.getByText(`Goal ${one}`).first().waitFor();
    }

    await go("/waiting");
    await page.getByRole("heading", { name: "Not sent yet" }).waitFor();
    await page.getByText("20 changes wait to be sent.").waitFor();
    assert.equal(await counting(), 20);
    for (const words of ["Person 1", "Person 5", "Line walk 4", "Send paper 2", "Send the figures", "Clear the yard", "Name a date", "Goal 4"]) {
        await listed().filter({ hasText: words }).first().waitFor();
    }
    const kept = listed().filter({ hasText: "Clear the yard" });
    assert.match(await kept.innerText(), /Brightfield Dairy/);
    assert.match(await kept.innerText(), /changed[\s\S]*Commitment[\s\S]*State\s+kept/);
    await page.screenshot({ path: join(pictures, "waiting-unsent-desktop-light.png"), fullPage: true });
});

test("one is taken back, comes back, and both outlive a reload", { skip }, async () => {
    const kept = listed().filter({ hasText: "Clear the yard" });
    await kept.getByRole("button", { name: /^Take it back/ }).click();
    await page.getByText("1 that cancels").or(page.getByText("2 that cancel each other")).first().waitFor();
    assert.equal(await counting(), 19);
    await page.reload();
    await page.getByRole("heading", { name: "Not sent yet" }).waitFor();
    await page.getByText("2 that cancel each other").waitFor();
    assert.equal(await counting(), 19);
    await page.evaluate(() => document.getElementById("page-title").focus());
    await page.keyboard.press("Control+z");
    await page.getByText("Taken back: Commitment · Clear the yard.").waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll("li[data-n]")].filter((item) => item.checkVisibility()).length === 20);
    await listed().filter({ hasText: "Person 3" }).getByRole("button", { name: /^Take it back/ }).click();
    await page.waitForFunction(() => [...document.querySelectorAll("li[data-n]")].filter((item) => item.checkVisibility()).length === 19);
});

test("the server comes back: all are sent, none is refused, and a colleague has them", { skip }, async () => {
    await server.start();
    await page.getByRole("button", { name: "Sync now" }).click();
    await page.getByText("Nothing waits to be sent.").waitFor();
    await page.getByRole("heading", { name: "Not sent yet" }).waitFor({ state: "detached" });
    await page.getByText("The server has refused nothing").waitFor();
    native(ada, "sync");
    const [people, promises] = calls(ada, [["record.list", { table: "contact", where: { account } }], ["record.list", { table: "commitment", where: { account } }]]);
    assert.deepEqual(people.records.map((one) => one.name).sort(), ["Mo Idris", "Person 1", "Person 2", "Person 4", "Person 5", "Sarah Chen"]);
    assert.ok(promises.records.every((one) => one.state === "kept"), JSON.stringify(promises.records));
});

test("what a colleague wrote meanwhile stays, and is named", { skip }, async () => {
    await go(`/accounts/${account}?tab=people`);
    await add("Add a person", (dialog) => dialog.getByRole("textbox", { name: "Name" }).fill("Lena Vogt"));
    await page.getByRole("status").getByText("Synced").waitFor();
    native(ada, "sync");
    const [{ records: [lena] }] = calls(ada, [["record.list", { table: "contact", where: { name: "Lena Vogt" } }]]);
    calls(ada, [["record.put", { table: "contact", id: lena.id, fields: { role: "Head of quality" } }]]);
    native(ada, "sync");
    await page.getByText("Head of quality").first().waitFor();
    await page.evaluate(() => document.getElementById("page-title").focus());
    await page.keyboard.press("Control+z");
    await page.getByText(/Ada Lind changed this since, and it stays: Person · Lena Vogt · Role/).waitFor();
    await page.getByText("Head of quality").first().waitFor();
});
