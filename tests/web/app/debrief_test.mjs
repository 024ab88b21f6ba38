// The main job in the browser: a debrief from the first question to the journey, what is typed and not sent, a door that is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bridge } from "./bridge.mjs";
import { calls, debrief, files, launch, needBuilt, sampleStore } from "./support.mjs";

let browser, door, store;

before(async () => {
    needBuilt();
    store = sampleStore("debrief");
    door = await bridge({ files, debrief, store });
    browser = await launch();
});
after(async () => {
    await browser?.close();
    await door?.close();
});

async function visit() {
    const session = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
    const page = await session.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(door.url);
    await page.waitForSelector("h1");
    return page;
}

const line = (page) => page.getByRole("textbox", { name: "Say it in your own words" });
/** The debrief of a customer, begun on their screen. */
async function debriefing(customer) {
    const page = await visit();
    await page.getByRole("link", { name: /Customers/ }).first().click();
    await page.getByRole("searchbox", { name: "Find a customer" }).fill(customer);
    await page.getByRole("link", { name: new RegExp(customer) }).click();
    await page.getByRole("main").getByRole("link", { name: "Debrief", exact: true }).click();
    await line(page).waitFor();
    return page;
}

const said = "Miriam told me that the night shift still calls the technician, and last Thursday an emergency CT waited 70 minutes because of it.";

test("the secret does not stay in the address", async () => {
    const page = await visit();
    assert.equal(new URL(page.url()).hash, "");
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.match(await page.locator("h1").innerText(), /Anna/);
    await page.context().close();
});

test("a page without the secret says what to do, and shows nothing", async () => {
    const session = await browser.newContext();
    const page = await session.newPage();
    await page.goto(door.origin);
    await page.getByRole("heading", { name: "This page needs its link" }).waitFor();
    assert.equal(await page.getByText("Ron-tech").count(), 0);
    await session.close();
});

test("a rep debriefs a meeting, drops and takes back, puts right, confirms, and finds it in the journey", async () => {
    const page = await visit();
    await page.getByRole("link", { name: "Debrief this meeting" }).click();
    await page.getByText("where do people at Ron-tech stand").waitFor();
    await line(page).fill(said);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Noted: why they must change").waitFor();
    await page.getByRole("button", { name: "Skip" }).click();
    await page.getByText("Skipped.").waitFor();
    await page.getByRole("button", { name: "Why this question?" }).click();
    await page.getByText(/^Because/).waitFor();
    await page.getByRole("button", { name: "I don’t know" }).click();

    const card = page.getByRole("region", { name: "Here is what I understood" });
    await card.waitFor();
    const findings = card.getByRole("listitem");
    const before = await findings.count();
    assert.ok(before >= 2, `${before} findings`);
    await findings.first().getByRole("button", { name: "Leave it out" }).click();
    await page.getByText("Left out.").waitFor();
    await page.waitForFunction((n) => document.querySelectorAll(".proposed").length === n, before - 1);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.waitForFunction((n) => document.querySelectorAll(".proposed").length === n, before);

    const wrong = findings.filter({ hasText: "70 minutes" });
    await wrong.getByRole("button", { name: "Put it right" }).click();
    await card.getByRole("textbox", { name: "In your words" }).fill("last Thursday an emergency CT waited 75 minutes because of it");
    await card.getByRole("button", { name: "Save" }).click();
    await card.getByText("waited 75 minutes").first().waitFor();
    await card.getByRole("button", { name: /confirm them/ }).click();
    await page.getByRole("heading", { name: "It is in the journey" }).waitFor();
    await page.getByRole("link", { name: "See the journey" }).click();
    await page.getByRole("heading", { level: 1, name: "Ron-tech" }).waitFor();
    const why = page.getByRole("region", { name: "Why they must change" });
    await why.getByText("waited 75 minutes").first().waitFor();
    assert.equal(await why.getByText("waited 70 minutes").count(), 0);
    await page.context().close();
});

test("what is typed and not sent is there after a reload, and gone once it was sent", async () => {
    const page = await debriefing("Treequote");
    await line(page).fill("They fear that the machines");
    await page.waitForTimeout(600);
    await page.reload();
    await line(page).waitFor();
    await page.waitForFunction(() => document.querySelector("#line")?.value === "They fear that the machines");
    await line(page).press("End");
    await line(page).pressSequentially(" are used to time the agents.");
    await line(page).press("Enter");
    await page.getByRole("log").getByText("are used to time the agents").waitFor();
    await page.reload();
    await page.getByRole("log").getByText("are used to time the agents").waitFor();
    assert.equal(await page.locator("#line").inputValue(), "");
    await page.context().close();
});

test("a line whose answer was cut off is either stored or still in the field, and the page finds the program again", async () => {
    const page = await debriefing("Codehow");
    const words = "Wei Chen wants one bill for all three subsidiaries by March.";
    await line(page).fill(words);
    await Promise.all([line(page).press("Enter"), door.cut()]);
    await page.waitForFunction((text) => {
        const stored = [...document.querySelectorAll(".line.me:not(.unsent)")].some((one) => one.textContent.includes(text));
        return stored || document.querySelector("#line")?.value === text;
    }, words);
    // However it went: said once, it stands there once.
    await page.waitForFunction(() => !document.querySelector(".sync.needs"));
    if ((await line(page).inputValue()) === words) await line(page).press("Enter");
    await page.getByRole("log").getByText(words).first().waitFor();
    await page.reload();
    await page.getByRole("log").getByText(words).first().waitFor();
    await page.context().close();
});

test("a line that was lost on the way is back in its field, and goes out when it is sent again", async () => {
    const page = await debriefing("Codehow");
    const words = "The signing keys must not leave the building, says Fiona Doyle.";
    await line(page).fill(words);
    door.lose("chat.say");
    await line(page).press("Enter");
    await page.waitForFunction((text) => document.querySelector("#line")?.value === text, words);
    assert.equal(await page.getByRole("log").getByText(words).count(), 0, "what is not stored is not shown as said");
    await page.waitForFunction(() => !document.querySelector(".sync.needs"));
    await line(page).press("Enter");
    await page.getByRole("log").getByText(words).waitFor();
    await page.context().close();
});

test("a new question is announced once: the log grows by its lines and repeats none", async () => {
    const page = await debriefing("Acme Corporation");
    await page.evaluate(() => {
        window.added = [];
        new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => node.classList?.contains("bot") && window.added.push(node.textContent)))).observe(document.querySelector('[role="log"]'), { childList: true, subtree: true });
    });
    await page.getByRole("button", { name: "Skip" }).click();
    await page.getByText("Skipped.").first().waitFor();
    await page.waitForTimeout(500);
    const added = await page.evaluate(() => window.added);
    assert.ok(added.length >= 1);
    assert.equal(new Set(added).size, added.length, added.join("\n"));
    await page.context().close();
});

test("hostile names and notes are text: they run nothing, and turn no other word around", async () => {
    const name = '<script>window.owned=1</script><img src=x onerror="window.owned=1">';
    const turned = "\u202Egnp.exe \u2066 end";
    const long = "x".repeat(65_000);
    const other = sampleStore("hostile");
    const [{ id: account }] = calls(other, [["record.put", { table: "account", fields: { name } }]]);
    calls(other, [
        ["record.put", { table: "account", fields: { name: turned } }],
        ["record.put", { table: "contact", fields: { account, name: turned, role: name } }],
        ["record.put", { table: "observation", fields: { account, dimension: "concern", text: long, said_on: "2026-11-01", state: "confirmed" } }],
        ["record.put", { table: "observation", fields: { account, dimension: "why_change", text: name, said_on: "2026-11-01", state: "confirmed" } }],
        ["record.put", { table: "meeting", fields: { account, title: turned, at: new Date(Date.now() + 86_400_000).toISOString() } }],
    ]);
    const second = await bridge({ files, debrief, store: other });
    const session = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const page = await session.newPage();
    await page.goto(second.url);
    await page.waitForSelector("h1");
    const shown = { "/": "gnp.exe", "/accounts?": "<script>", [`/accounts/${account}`]: "xxxxxxxx", [`/accounts/${account}?tab=people`]: "gnp.exe", [`/accounts/${account}/plan`]: "<script>", [`/debrief/new?account=${account}`]: "<script>", "/team": "<script>", "/search?q=script": "script" };
    for (const [path, words] of Object.entries(shown)) {
        await page.goto(second.origin + path);
        await page.waitForFunction((text) => document.querySelector("main")?.textContent.includes(text), words, { timeout: 60_000 });
        assert.equal(await page.evaluate(() => document.querySelectorAll('#app script, img[src="x"]').length), 0, `${path}: a name became a part of the page`);
        assert.equal(await page.evaluate(() => window.owned), undefined, path);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `${path} is wider than the window`);
        const loose = await page.evaluate(() => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walker.nextNode()) {
                const node = walker.currentNode;
                if (/[\u202E\u2066]/.test(node.data) && !node.parentElement.closest("bdi, [dir=auto], option, title")) found.push(node.parentElement.outerHTML.slice(0, 120));
            }
            return found;
        });
        assert.deepEqual(loose, [], path);
    }
    await session.close();
    await second.close();
});
