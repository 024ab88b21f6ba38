// Every screen, light and dark, narrow and wide: nothing that axe finds, nothing beside the edge, no error in the console,
// and a picture to look at.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { open } from "./routes.mjs";
import { atTheSample } from "./sample.mjs";
import { axeSource, pictures } from "./support.mjs";

const sizes = {
    phone: { width: 390, height: 844 },
    narrow: { width: 320, height: 640 },
    desktop: { width: 1280, height: 860 },
    // The desktop, magnified as WCAG 1.4.4 and 1.4.10 want it: what is left of its pixels.
    "200 per cent": { width: 640, height: 430, magnified: 2 },
    "400 per cent": { width: 320, height: 215, magnified: 4 },
};
// The page's policy lets no foreign script in; the debugger may.
const axe = readFileSync(axeSource, "utf8");
const here = atTheSample("screens");

for (const [size, { magnified = 0, ...viewport }] of Object.entries(sizes)) {
    for (const colorScheme of magnified ? ["light"] : ["light", "dark"]) {
        test(`every screen, ${size}, ${colorScheme}`, async (context) => {
            const session = await here.browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", hasTouch: size !== "desktop" && !magnified, deviceScaleFactor: magnified || 1 });
            const page = await session.newPage();
            const complaints = [];
            page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
            page.on("pageerror", (error) => complaints.push(String(error)));
            await page.goto(here.door.url);
            await page.waitForSelector("h1");
            for (const [name, path] of Object.entries(here.routes)) {
                await context.test(name, async () => {
                    await open(page, here.door.origin, path);
                    if (size !== "narrow" && !magnified) await page.screenshot({ path: join(pictures, `${name}-${size}-${colorScheme}.png`) });
                    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "wider than the window");
                    // What a bar that stays covers can be scrolled from under it; axe would call it too small a target.
                    await page.evaluate(() => document.querySelectorAll(".topbar, .tabbar, .talk .foot").forEach((bar) => { bar.style.position = "static"; }));
                    await page.evaluate(axe);
                    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
                    const words = found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary?.split("\n")[1] ?? ""}`).join(" | ")}`);
                    assert.deepEqual(words, []);
                    assert.deepEqual(complaints.splice(0), []);
                });
            }
            await session.close();
        });
    }
}
