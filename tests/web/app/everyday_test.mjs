// What people do all day beside the debrief: look back in time, keep the plan, practise, lead, search, bring in and take out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { bridge } from "./bridge.mjs";
import { routesOf } from "./routes.mjs";
import { calls, debrief, files, launch, needBuilt, pictures, sampleStore } from "./support.mjs";

let browser, door, routes, page, store;
before(async () => {
    needBuilt();
    store = sampleStore("everyday");
    routes = routesOf(store);
    door = await bridge({ files, debrief, store });
    browser = await launch();
    const session = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce", acceptDownloads: true });
    page = await session.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(door.url);
    await page.waitForSelector("h1");
});
after(async () => {
    await browser?.close();
    await door?.close();
});

async function go(path) {
    await page.goto(door.origin + path);
    await page.waitForSelector("h1");
}

test("the slider shows the journey as it stood, and comes back", async () => {
    await go(routes.people);
    await page.getByText("Jakub Novak").first().waitFor();
    const slider = page.getByRole("slider", { name: "Go back in time" });
    await slider.focus();
    await page.keyboard.press("Home");
    await page.getByText(/as it was on/).waitFor();
    await page.getByText("Jakub Novak").first().waitFor({ state: "detached" });
    await page.getByText("Miriam Hale").first().waitFor();
    await page.screenshot({ path: join(pictures, "then-desktop-light.png") });
    await page.getByRole("button", { name: "Back to now" }).click();
    await page.getByText("Jakub Novak").first().waitFor();
});

test("a commitment is marked as kept; Ctrl and Z takes it back", async () => {
    await go(routes.together);
    const first = page.getByRole("listitem").filter({ hasText: "Clears two desks" });
    await first.getByText("overdue").waitFor();
    await first.getByRole("button", { name: /^Kept/ }).click();
    await page.getByRole("listitem").filter({ hasText: "Clears two desks" }).getByText("kept", { exact: true }).waitFor();
    await page.evaluate(() => document.getElementById("page-title").focus());
    await page.keyboard.press("Control+z");
    await page.getByRole("listitem").filter({ hasText: "Clears two desks" }).getByText("overdue").waitFor();
});

test("what we do is noted beside theirs, and says which step of theirs it helps", async () => {
    await go(routes.together);
    await page.getByRole("button", { name: "Add what we do" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "What do we do?" }).fill("Send two spare stations");
    await dialog.getByRole("combobox").selectOption({ label: "Clears two desks in the reading room for the trial" });
    await dialog.getByRole("button", { name: "Save" }).click();
    const task = page.getByRole("listitem").filter({ hasText: "Send two spare stations" });
    await task.getByText(/helps them with/).waitFor();
});

test("a call plan is edited: a question added, one put differently, one taken out and back", async () => {
    await go(routes.plan);
    await page.getByRole("heading", { name: "What we want to learn" }).waitFor();
    const items = page.locator(".question");
    await items.first().waitFor();
    const before = await items.count();
    await page.getByRole("button", { name: "Add a question" }).click();
    await page.getByRole("textbox", { name: "Question" }).fill("Who else has to agree before January?");
    await page.getByRole("combobox", { name: "Whom do we ask?" }).selectOption({ label: "Miriam Hale" });
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Who else has to agree before January?").first().waitFor();
    await page.waitForFunction((n) => document.querySelectorAll(".question").length === n, before + 1);
    const own = items.filter({ hasText: "Who else has to agree" });
    await own.getByRole("button", { name: /^Edit/ }).click();
    await page.getByRole("textbox", { name: "Question" }).fill("Who else has to agree before February?");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("before February?").first().waitFor();
    await items.filter({ hasText: "before February" }).getByRole("button", { name: /^Take out/ }).click();
    await page.waitForFunction((n) => document.querySelectorAll(".question").length === n, before);
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await page.waitForFunction((n) => document.querySelectorAll(".question").length === n, before + 1);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("button", { name: "Print" }).isVisible(), false, "no button is printed");
    await page.screenshot({ path: join(pictures, "plan-printed.png"), fullPage: true });
    await page.emulateMedia({ media: "screen" });
});

test("a rehearsal judges the answer and offers a better line", async () => {
    await go(routes.rehearsal);
    const line = page.getByRole("textbox", { name: "Your answer" });
    await line.fill("We are the market leader and you can trust us, it always works.");
    await line.press("Enter");
    await page.getByText("Better:").first().waitFor();
    await page.getByText("about the customer").first().waitFor();
    await page.screenshot({ path: join(pictures, "rehearsal-judged-desktop-light.png") });
});

test("the overview has its figures as tables too, and leads to the words behind them", async () => {
    await go("/team");
    await page.getByText("As a table").last().click();
    await page.getByRole("cell", { name: /% \(.* to .* %\)/ }).first().waitFor();
    await page.locator("canvas").first().waitFor();
    await page.getByText(/^Evidence/).first().click();
    await page.locator("li.quote").first().waitFor();
    await page.locator("li.quote").first().scrollIntoViewIfNeeded();
    await page.getByRole("link", { name: "Treequote" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Treequote" }).waitFor();
});

test("search finds words that somebody said, marks them, and leads there", async () => {
    await go("/search");
    await page.getByRole("searchbox").fill("accreditation");
    await page.locator("mark").first().waitFor();
    await page.getByRole("link", { name: /Evidence/ }).first().click();
    await page.getByRole("heading", { level: 1, name: "Ron-tech" }).waitFor();
});

test("everything goes out in two presses, and a file that comes in says first what it would do", async () => {
    await go("/settings");
    const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "All of it (JSON)" }).click()]);
    assert.ok(readFileSync(await saved.path(), "utf8").includes("Ron-tech"));
    await page.getByLabel("File").setInputFiles({ name: "contacts.csv", mimeType: "text/csv", buffer: Buffer.from("account,name,role\nRon-tech,Lena Vogt,Head of finance\n,Nobody,None\n") });
    await page.getByText(/1 new/).waitFor();
    await page.getByRole("button", { name: "Bring it in" }).click();
    await page.getByText(/Brought in/).waitFor();
    await go(routes.people);
    await page.getByText("Lena Vogt").first().waitFor();
});

test("a person's words are erased after a question, and nothing before", async () => {
    await go("/settings");
    await page.getByRole("searchbox", { name: "Whose words?" }).fill("Lena Vogt");
    await page.getByRole("button", { name: /Erase.*Lena Vogt/ }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await go(routes.people);
    await page.getByText("Lena Vogt").first().waitFor();
    await go("/settings");
    await page.getByRole("searchbox", { name: "Whose words?" }).fill("Lena Vogt");
    await page.getByRole("button", { name: /Erase.*Lena Vogt/ }).click();
    await page.getByRole("button", { name: "Erase for good" }).click();
    // Another Lena is asked about, and left.
    await page.getByRole("dialog").getByText("Brandt").first().waitFor();
    await page.getByRole("button", { name: "Leave them" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await go(routes.people);
    await page.getByText("Miriam Hale").first().waitFor();
    assert.equal(await page.getByText("Lena Vogt").count(), 0);
});

test("a screen that breaks says so, and the others stay", async () => {
    await page.route("**/assets/practice-*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "export default function Broken() { throw new Error('made to break'); }" }));
    await go("/practice");
    await page.getByRole("heading", { level: 1, name: "This screen broke" }).waitFor();
    await page.getByRole("link", { name: "Settings" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await page.unroute("**/assets/practice-*.js");
});

test("a room of 260 lines opens with its newest, and the older ones are one press away, without a jump to the end", async () => {
    const [{ conversation }] = calls(store, [["chat.start", { kind: "deal_review", account: "Codehow" }]]);
    const says = (number) => ["chat.say", { conversation, text: `@Dustin, this is remark number ${number}, for later` }];
    calls(store, Array.from({ length: 260 }, (_, number) => says(number)));
    await go(`/review/${conversation}`);
    await page.getByText("remark number 259").waitFor();
    assert.equal(await page.getByText("remark number 3,").count(), 0);
    const more = page.getByRole("button", { name: /earlier lines$/ });
    await more.click();
    await page.getByText("remark number 3,").waitFor();
    assert.equal(await more.count(), 0);
    assert.equal(await page.getByRole("log").getAttribute("aria-live"), "polite");
    const shows = await page.getByText("remark number 3,").evaluate((line) => line.getBoundingClientRect().top > -2000);
    assert.ok(shows, "the page went to the end");
});

test("German is one press away and stays; so does the dark look", async () => {
    await go("/settings");
    await page.getByRole("radio", { name: "Deutsch" }).check();
    await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
    await page.getByRole("radio", { name: "dunkel" }).check();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
    await go(routes.journey);
    await page.getByText("Sie fürchten eine falsche Wahl").first().waitFor();
    for (const name of ["today", "journey", "plan", "overview", "debrief"]) {
        await go(routes[name]);
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(pictures, `${name}-desktop-dark-german.png`) });
    }
});
