// A browser that an administrator cuts off: when the page is opened next, what was not sent is handed over, and no byte of it is left
// in the browser's files. Needs the core as WebAssembly in the served folder.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Server } from "./server.mjs";
import { chromium, files, folder, needBuilt, pictures, root } from "./support.mjs";

const here = existsSync(join(files, "core/worker.js")) ? files : join(root, "build/web/site");
const skip = !existsSync(join(here, "core/worker.js")) && "the core is not built: ./dev web";
const canary = "quetzalcoatl";
const profile = folder("profile");
let session, page, server;

/** Files that the site keeps in this browser, and hold the word. */
function withWord(word) {
    const found = [];
    const look = (place) => {
        if (!existsSync(place)) return;
        for (const name of readdirSync(place)) {
            const path = join(place, name);
            if (statSync(path).isDirectory()) look(path);
            else if (readFileSync(path).toString("latin1").toLowerCase().includes(word)) found.push(path);
        }
    };
    for (const place of ["File System", "IndexedDB", "Local Storage", "Session Storage", "Service Worker"]) look(join(profile, "Default", place));
    return found;
}

async function open(address) {
    session = await chromium.launchPersistentContext(profile, {
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox"],
        viewport: { width: 390, height: 844 },
        reducedMotion: "reduce",
    });
    page = await session.newPage();
    page.setDefaultTimeout(90_000); // A cold start compiles the core.
    await page.goto(address);
}

const address = () => `http://127.0.0.1:${server.port}/`;

before(async () => {
    if (skip) return;
    needBuilt();
    server = await new Server(join(folder("server"), "data"), here).start();
    server.admin("user", "add", "Ben Rep", "--role", "rep");
});
after(async () => {
    await session?.close();
    await server?.stop();
});

test("a rep joins and writes while the server is gone", { skip }, async () => {
    await open(server.admin("invite", "Ben Rep"));
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: /Ben/ }).waitFor();
    await page.getByRole("status").getByText("Synced").waitFor();
    await server.stop();
    await page.getByRole("textbox", { name: "The customer’s name" }).fill(`Works of ${canary}`);
    await page.getByRole("button", { name: "Begin the first debrief" }).click();
    const line = page.getByRole("textbox", { name: "Say it in your own words" });
    await line.fill(`Sarah Chen told me that the ${canary} stops twice a month.`);
    await line.press("Enter");
    await page.getByText(/^Noted/).first().waitFor();
    assert.ok(withWord(canary).length > 0, "the search finds nothing: it proves nothing");
    await session.close();
});

test("cut off meanwhile, it hands over at the next opening, wipes itself, and says so", { skip }, async () => {
    const [device] = JSON.parse(server.admin("device", "list", "--json")).devices;
    server.admin("device", "revoke", device.id);
    await server.start();
    await open(address());
    await page.getByRole("heading", { level: 1, name: "This device was cut off" }).waitFor();
    const said = await page.getByRole("alert").innerText();
    assert.match(said, /An administrator cut it off: today/i);
    assert.match(said, /\d+ changes that had not been sent were handed over/);
    assert.doesNotMatch(said, /did not take/);
    await page.screenshot({ path: join(pictures, "wiped-phone-light.png") });
    assert.deepEqual(withWord(canary), [], "words are left in the browser's files");
    assert.doesNotMatch(await page.content(), new RegExp(canary, "i"));
    const waiting = JSON.parse(server.admin("handover", "list", "--json")).handover;
    assert.equal(Number(/(\d+) changes that had/.exec(said)[1]), waiting.length);
    assert.match(JSON.stringify(waiting.map((one) => JSON.parse(server.admin("handover", "show", String(one.id), "--json")))), new RegExp(canary));
    assert.ok(JSON.parse(server.admin("device", "list", "--json")).devices[0].wiped_at);
});

test("it says so again after a reload and without the server; in German, too", { skip }, async () => {
    await server.stop();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "This device was cut off" }).waitFor();
    await page.evaluate(() => localStorage.setItem("debrief.language", "de"));
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Dieses Gerät wurde getrennt" }).waitFor();
    await page.evaluate(() => localStorage.setItem("debrief.language", "en"));
    await server.start();
});

test("with a new invitation, and what was handed over filed, the work is there again", { skip }, async () => {
    for (const one of JSON.parse(server.admin("handover", "list", "--json")).handover) server.admin("handover", "file", String(one.id));
    server.admin("assign", `Works of ${canary}`, "Ben Rep");
    await page.reload();
    await page.getByRole("link", { name: "I have an invitation" }).click();
    await page.getByRole("textbox", { name: "Link of the invitation" }).fill(server.admin("invite", "Ben Rep"));
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: /Ben/ }).waitFor();
    await page.goto(`${address()}accounts`);
    await page.getByRole("link", { name: new RegExp(canary) }).first().waitFor();
    await page.reload();
    await page.getByRole("link", { name: new RegExp(canary) }).first().waitFor();
});
