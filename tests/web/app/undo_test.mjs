// Undo and redo by key, across screens and over a reload: fifty acts of many kinds, fifty times Ctrl and Z with a reload in the
// middle, and everything is as it was; then all of them again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { atTheSample } from "./sample.mjs";
import { calls } from "./support.mjs";

const here = atTheSample("undo");
const acts_wanted = 50;

function chance(seed) {
    let state = seed;
    return (end) => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return Math.floor((state / 2_147_483_648) * end);
    };
}

async function visit() {
    const session = await here.browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const page = await session.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(here.door.url);
    await page.waitForSelector("h1");
    return page;
}

const state = () => JSON.parse(calls(here.store, [["export", { format: "json" }]])[0].text).tables;
const newest = () => calls(here.store, [["change.list", { limit: 1 }]])[0].acts[0];

async function dialogSave(page, fill) {
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await fill(dialog);
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
}

/** What people do, each on its own screen. Gives false where there is nothing to do it to. */
function deeds(page, pick) {
    const word = () => ["north", "south", "east", "west"][pick(4)] + pick(100);
    const go = async (path) => {
        if (new URL(page.url()).pathname + new URL(page.url()).search === path) return;
        await page.goto(here.door.origin + path);
        await page.waitForSelector("h1");
        await page.waitForFunction(() => !document.querySelector(".loading"));
    };
    const press = async (locator) => {
        await locator.first().waitFor({ timeout: 3_000 }).catch(() => undefined);
        const count = await locator.count();
        if (count === 0) return false;
        await locator.nth(pick(count)).click();
        return true;
    };
    return [
        async () => {
            await go(here.routes.people);
            await page.getByRole("button", { name: "Add a person" }).first().click();
            await dialogSave(page, (dialog) => dialog.getByRole("textbox", { name: "Name" }).fill(`Person ${word()}`));
        },
        async () => {
            await go(here.routes.meetings);
            await page.getByRole("button", { name: "Add a meeting" }).first().click();
            await dialogSave(page, async (dialog) => {
                await dialog.getByRole("textbox", { name: "What is it about?" }).fill(word());
                await dialog.getByLabel("When does it begin?").fill("2031-05-04T09:30");
            });
        },
        async () => {
            await go(here.routes.together);
            await page.getByRole("button", { name: "Add what we do" }).click();
            await dialogSave(page, (dialog) => dialog.getByRole("textbox", { name: "What do we do?" }).fill(`Send ${word()}`));
        },
        async () => { await go(here.routes.together); return press(page.getByRole("button", { name: /^(Kept|Dropped|Done)/ })); },
        async () => {
            await go(here.routes.plan);
            await page.getByRole("button", { name: /^Edit.*What they want/ }).click();
            await page.getByRole("textbox", { name: "What they want" }).fill(`They want ${word()}`);
            await page.getByRole("button", { name: "Save" }).click();
            await page.getByRole("button", { name: /^Edit.*What they want/ }).waitFor();
        },
        async () => {
            await go(here.routes.plan);
            await page.getByRole("button", { name: "Add a question" }).click();
            await page.getByRole("textbox", { name: "Question" }).fill(`Who ${word()}?`);
            await page.getByRole("button", { name: "Save" }).click();
            await page.getByRole("textbox", { name: "Question" }).waitFor({ state: "detached" });
        },
        async () => { await go(here.routes.plan); return press(page.locator(".question").getByRole("button", { name: /^Take out/ })); },
        async () => {
            await go("/coaching");
            await page.getByRole("textbox", { name: "A goal of yours" }).fill(`Ask ${word()}`);
            await page.getByRole("button", { name: "Add", exact: true }).click();
        },
        async () => { await go("/coaching"); return press(page.getByRole("button", { name: /^(Reached it|Open again)/ })); },
    ];
}

/** Presses the keys outside of every text, and waits until the program has done it. */
async function press(page, keys) {
    const before = newest();
    await page.evaluate(() => document.getElementById("page-title")?.focus());
    await page.keyboard.press(keys);
    for (let tries = 0; tries < 100; tries += 1) {
        const now = newest();
        if (JSON.stringify(now) !== JSON.stringify(before)) return;
        await new Promise((done) => setTimeout(done, 50));
    }
    assert.fail(`${keys} did nothing`);
}

test("fifty acts, fifty undos with a reload in the middle, and all of them again", { timeout: 550_000 }, async () => {
    const page = await visit();
    const pick = chance(20_251);
    const all = deeds(page, pick);
    const states = [state()];
    let last = newest()?.id;
    let tried = 0;
    const kinds = new Set();
    while (states.length <= acts_wanted) {
        assert.ok((tried += 1) < 200, `${states.length} acts after ${tried} tries`);
        const which = pick(all.length);
        if ((await all[which]()) === false) continue;
        let act = newest()?.id;
        for (let tries = 0; tries < 40 && act === last; tries += 1) {
            await page.waitForTimeout(50);
            act = newest()?.id;
        }
        if (act === last) continue;
        last = act;
        kinds.add(which);
        states.push(state());
    }
    assert.ok(kinds.size >= 8, `${kinds.size} kinds of acts`);
    await page.goto(`${here.door.origin}/accounts`);
    await page.waitForSelector("h1");
    for (let left = acts_wanted - 1; left >= 0; left -= 1) {
        if (left === 25) {
            await page.reload();
            await page.waitForSelector("h1");
        }
        await press(page, "Control+z");
        if (left % 10 === 0) assert.deepEqual(state(), states[left], `after ${acts_wanted - left} undos`);
    }
    assert.deepEqual(state(), states[0], "as it was in the beginning");
    await page.keyboard.press("Control+z");
    await page.getByText("There is nothing to take back.").waitFor();
    for (let at = 1; at <= acts_wanted; at += 1) {
        if (at === 25) await page.goto(here.door.origin + here.routes.plan).then(() => page.waitForSelector("h1"));
        await press(page, at % 2 ? "Control+Shift+Z" : "Control+y");
        if (at % 10 === 0) assert.deepEqual(state(), states[at], `after ${at} redos`);
    }
    assert.deepEqual(state(), states[acts_wanted], "as it was in the end");
    await page.context().close();
});

test("in a text the keys are the text's own", async () => {
    const page = await visit();
    await page.goto(here.door.origin + here.routes.together);
    await page.getByRole("button", { name: "Add what we do" }).click();
    const field = page.getByRole("textbox", { name: "What do we do?" });
    await field.fill("");
    await field.pressSequentially("half a");
    const before = newest();
    await page.keyboard.press("Control+z");
    await page.waitForTimeout(400);
    assert.deepEqual(newest(), before);
    await page.context().close();
});

test("the palette and the list of keys name both, and each has its way on", async () => {
    const page = await visit();
    await page.keyboard.press("?");
    await page.getByRole("cell", { name: "Do again what was taken back" }).first().waitFor();
    await page.keyboard.press("Escape");
    await page.goto(here.door.origin + here.routes.people);
    await page.getByRole("button", { name: "Add a person" }).first().click();
    await dialogSave(page, (dialog) => dialog.getByRole("textbox", { name: "Name" }).fill("Greta Palette"));
    await page.getByRole("main").getByText("Greta Palette").first().waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("take back");
    await page.getByRole("option", { name: /Take back the last change/ }).waitFor();
    await page.waitForFunction(() => document.querySelector("[role=option][data-highlighted]")?.textContent.includes("Take back"));
    await page.keyboard.press("Enter");
    await page.getByRole("main").getByText("Greta Palette").first().waitFor({ state: "detached" });
    // The toast's own way back.
    await page.getByRole("button", { name: "Redo" }).click();
    await page.getByRole("main").getByText("Greta Palette").first().waitFor();
    await page.context().close();
});
