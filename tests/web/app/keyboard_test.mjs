// Everything without a mouse: the debrief from the first key to the last, the palette, the list of keys. Focus can be seen, is
// never under a bar, and is never caught.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, stands } from "./routes.mjs";
import { atTheSample } from "./sample.mjs";
import { debrief } from "./support.mjs";

const here = atTheSample("keyboard");

async function visit(viewport = { width: 1280, height: 860 }) {
    const session = await here.browser.newContext({ viewport, reducedMotion: "reduce" });
    const page = await session.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(here.door.url);
    await stands(page);
    return page;
}

const focused = (page) => page.evaluate(() => {
    const at = document.activeElement;
    return { name: (at.getAttribute("aria-label") ?? at.innerText ?? at.value ?? "").trim(), tag: at.tagName, id: at.id };
});

/** Presses Tab until what has the focus fits. */
async function tabTo(page, fits, most = 60) {
    for (let pressed = 0; pressed < most; pressed += 1) {
        await page.keyboard.press("Tab");
        const at = await focused(page);
        if (fits(at)) return at;
    }
    assert.fail(`not reached by Tab: ${fits}`);
}

test("a debrief by keys alone", async () => {
    const page = await visit();
    await tabTo(page, (at) => at.name.startsWith("Debrief this meeting"));
    await page.keyboard.press("Enter");
    await page.getByText("where do people at Ron-tech stand").waitFor();
    assert.equal((await focused(page)).id, "page-title", "a new screen is told from its heading");
    await tabTo(page, (at) => at.tag === "TEXTAREA");
    await page.keyboard.type("Miriam told me that last Thursday an emergency CT waited 70 minutes.");
    await page.keyboard.press("Enter");
    await page.getByText(/^Noted/).first().waitFor();
    assert.equal((await focused(page)).tag, "TEXTAREA", "one goes on typing");
    for (let back = 0; back < 12 && (await focused(page)).name !== "Enough for now"; back += 1) await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Here is what I understood" }).waitFor();
    await page.evaluate(() => document.getElementById("page-title").focus());
    await tabTo(page, (at) => at.name.startsWith("It is right") || /^All \d+ are right/.test(at.name));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "It is in the journey" }).waitFor();
    await page.context().close();
});

test("the palette goes to a customer in three letters, and Escape closes it", async () => {
    const page = await visit();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
    await page.keyboard.type("tre");
    await page.getByRole("option", { name: /Treequote/ }).first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("combobox").waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").waitFor();
    await page.keyboard.type("treequote");
    await page.getByRole("option", { name: /Treequote/ }).first().waitFor();
    await page.waitForFunction(() => document.querySelector("[role=option][data-highlighted]")?.textContent.includes("Treequote"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Treequote" }).waitFor();
    await page.context().close();
});

test("? shows the keys, g and a letter go places, and both can be turned off", async () => {
    const page = await visit();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await page.getByRole("checkbox", { name: /Keys without/ }).uncheck();
    await page.evaluate(() => document.getElementById("page-title").focus());
    await page.keyboard.press("?");
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.context().close();
});

for (const viewport of [{ width: 1280, height: 860 }, { width: 390, height: 700 }]) {
    test(`on every screen Tab goes round, and what has the focus can be seen, ${viewport.width}`, async (context) => {
        const page = await visit(viewport);
        for (const [name, path] of Object.entries(here.routes)) {
            await context.test(name, async () => {
                await open(page, here.door.origin, path);
                const seen = new Set();
                for (let pressed = 0; pressed < 45; pressed += 1) {
                    await page.keyboard.press("Tab");
                    const at = await page.evaluate(() => {
                        const element = document.activeElement;
                        if (!element || element === document.body) return null;
                        const box = element.getBoundingClientRect();
                        const style = getComputedStyle(element);
                        const near = getComputedStyle(element.nextElementSibling ?? element);
                        const marked = style.outlineStyle !== "none" || near.outlineStyle !== "none" || element.closest(".composer");
                        const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
                        const under = [0.2, 0.5, 0.8].some((part) => {
                            const [from, to] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
                            const y = from + (to - from) * part;
                            const top = document.elementFromPoint(x, y);
                            return top && (element.contains(top) || top.contains(element) || top.closest("label")?.contains(element));
                        });
                        window.visited ??= new WeakMap();
                        if (!window.visited.has(element)) window.visited.set(element, window.visitedCount = (window.visitedCount ?? 0) + 1);
                        return { number: window.visited.get(element), marked: Boolean(marked), under, what: element.outerHTML.slice(0, 90) };
                    });
                    if (!at) break;
                    if (seen.has(at.number)) break;
                    seen.add(at.number);
                    assert.ok(at.marked, `the focus cannot be seen: ${at.what}`);
                    assert.ok(at.under, `the focus is hidden: ${at.what}`);
                }
                assert.ok(seen.size >= 5, `only ${seen.size} stops`);
            });
        }
        await page.context().close();
    });
}
