// The page as an app: it can be installed, and starts without a network at any address once it was there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { bridge } from "./bridge.mjs";
import { chromium, debrief, files, folder, needBuilt, sampleStore } from "./support.mjs";

let door, session, page;
before(async () => {
    needBuilt();
    // As `debrief serve` serves it: without the mark of `debrief open`.
    door = await bridge({ files, debrief, store: sampleStore("install"), mark: false });
    session = await chromium.launchPersistentContext(folder("profile"), { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
    page = await session.newPage();
    await page.goto(door.origin);
    await page.waitForFunction(() => navigator.serviceWorker.ready.then((registration) => registration.active?.state === "activated"), null, { timeout: 60_000 });
});
after(async () => {
    await session?.close();
    await door?.close();
});

test("the browser finds nothing that stands against installing it", async () => {
    const devtools = await session.newCDPSession(page);
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors, []);
    const manifest = JSON.parse(readFileSync(join(files, "manifest.webmanifest"), "utf8"));
    const sizes = manifest.icons.map((icon) => `${icon.sizes} ${icon.purpose}`);
    for (const wanted of ["192x192 any", "512x512 any", "192x192 maskable", "512x512 maskable"]) assert.ok(sizes.includes(wanted), wanted);
    assert.deepEqual(manifest.screenshots.map((one) => one.form_factor).sort(), ["narrow", "wide"]);
});

test("with the network off it starts at ten addresses", async () => {
    await page.reload();
    await session.setOffline(true);
    for (const path of ["/", "/accounts", "/accounts/x?tab=people", "/accounts/x/plan", "/debrief/x", "/practice", "/team", "/settings", "/waiting", "/join"]) {
        const began = Date.now();
        await page.goto(door.origin + path);
        await page.waitForSelector("h1");
        assert.ok(Date.now() - began < 10_000, path);
    }
    await session.setOffline(false);
});

test("the worker keeps every file of the page but data, and no name twice", () => {
    const worker = readFileSync(join(files, "sw.js"), "utf8");
    const kept = JSON.parse(/const files = (\[.*?\]);/s.exec(worker)[1]);
    assert.ok(kept.includes("/index.html") && kept.some((name) => /^\/assets\/index-.*\.js$/.test(name)));
    assert.equal(new Set(kept).size, kept.length);
    assert.deepEqual(kept.filter((name) => /\.(br|gz)$|^\/data\/|sw\.js/.test(name)), []);
});
