// The whole of it in browsers alone: `debrief serve` gives the page and the core, a rep joins on a phone, debriefs while the server
// is gone, reloads in the middle, comes back, and the manager's browser shows it. Needs the core as WebAssembly in the served folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Server } from "./server.mjs";
import { files, folder, launch, needBuilt, pictures, root } from "./support.mjs";

const here = existsSync(join(files, "core/worker.js")) ? files : join(root, "build/web/site");
const skip = !existsSync(join(here, "core/worker.js")) && "the core is not built: ./dev web";
const slow_ms = 90_000; // A cold start compiles the core.
let browser, server, served, rep, manager;

before(async () => {
    if (skip) return;
    needBuilt();
    served = join(folder("site"), "web");
    cpSync(here, served, { recursive: true });
    browser = await launch();
    server = await new Server(join(folder("server"), "data"), served).start();
    server.admin("user", "add", "Ada Lind", "--role", "manager");
    server.admin("team", "add", "North", "--manager", "Ada Lind");
    server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North");
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

async function joined(user, viewport) {
    const session = await browser.newContext({ viewport, reducedMotion: "reduce" });
    const page = await session.newPage();
    page.setDefaultTimeout(slow_ms);
    await page.goto(server.admin("invite", user));
    await page.getByRole("button", { name: "Join", exact: true }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), "", "the secret stays in no history");
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: new RegExp(user.split(" ")[0]) }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    return page;
}

const line = (page) => page.getByRole("textbox", { name: "Say it in your own words" });

test("two people join with the link of their invitation", { skip }, async () => {
    rep = await joined("Ben Rep", { width: 390, height: 844 });
    manager = await joined("Ada Lind", { width: 1280, height: 860 });
});

test("with the server gone a debrief begins, outlives a reload in the middle, and is confirmed", { skip }, async () => {
    await server.stop();
    await rep.getByRole("textbox", { name: "The customer’s name" }).fill("Brightfield Dairy");
    await rep.getByRole("button", { name: "Begin the first debrief" }).click();
    await line(rep).fill("Sarah Chen told me that two trucks of milk went bad last week because the alarm came too late.");
    await line(rep).press("Enter");
    await rep.getByText(/^Noted/).first().waitFor();
    await line(rep).fill("And half of the");
    await rep.waitForTimeout(700);
    await rep.reload();
    await rep.getByText(/^Noted/).first().waitFor();
    await rep.waitForFunction(() => document.querySelector("#line")?.value === "And half of the");
    await line(rep).fill("");
    await rep.getByRole("button", { name: "Enough for now" }).click();
    await rep.getByRole("button", { name: /confirm (it|them)/ }).click();
    await rep.getByRole("heading", { name: "It is in the journey" }).waitFor();
    await rep.getByRole("status").getByText(/^Offline, \d+ changes wait/).waitFor();
    await rep.screenshot({ path: join(pictures, "offline-phone-light.png") });
});

test("the server comes back, and the manager sees it without doing anything", { skip }, async () => {
    await manager.getByRole("link", { name: "Customers" }).first().click();
    await manager.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
    await server.start();
    await manager.getByRole("link", { name: /Brightfield Dairy/ }).click();
    await manager.getByText("two trucks of milk").first().waitFor();
    await rep.getByRole("status").getByText("Synced").waitFor();
});

test("a second tab shows the same", { skip }, async () => {
    const second = await rep.context().newPage();
    second.setDefaultTimeout(slow_ms);
    await second.goto(`http://127.0.0.1:${server.port}/accounts`);
    await second.getByRole("link", { name: /Brightfield Dairy/ }).waitFor();
    await second.close();
    await rep.reload();
    await rep.waitForSelector("h1");
});

test("a new version waits, tells, and takes over on one press; what was typed is kept", { skip }, async () => {
    await rep.goto(`http://127.0.0.1:${server.port}/accounts`);
    await rep.getByRole("link", { name: /Brightfield Dairy/ }).click();
    await rep.getByRole("main").getByRole("link", { name: "Debrief", exact: true }).click();
    await line(rep).fill("They want to decide before");
    appendFileSync(join(served, "look.js"), "\n// A newer version.\n");
    execFileSync(process.execPath, [join(root, "platform/web/app/tools/worker.mjs"), served]);
    await rep.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()));
    await rep.getByText("A new version is ready").waitFor();
    assert.equal(await line(rep).inputValue(), "They want to decide before", "nobody is interrupted");
    await rep.screenshot({ path: join(pictures, "update-phone-light.png") });
    await Promise.all([rep.waitForEvent("load"), rep.getByRole("button", { name: "Update now" }).click()]);
    await rep.waitForFunction(() => document.querySelector("#line")?.value === "They want to decide before");
    assert.equal(await rep.getByText("A new version is ready").count(), 0);
    assert.match(await rep.evaluate(() => fetch("/look.js").then((answer) => answer.text())), /newer version/);
});
