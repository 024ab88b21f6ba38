// The page behind the real `debrief open`: its files, headers and door. The rest of the tests stand on a bridge that speaks the same.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { debrief, files, launch, needBuilt, sampleStore } from "./support.mjs";

let browser, program, url;
before(async () => {
    needBuilt();
    program = spawn(debrief, ["open", "--no-browser", "--json", "--web", files, "--store", sampleStore("open")], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, DEBRIEF_ENCODER: "off" } });
    for await (const line of createInterface({ input: program.stdout })) {
        url = JSON.parse(line).url;
        if (url) break;
    }
    browser = await launch();
});
after(async () => {
    await browser?.close();
    program?.kill("SIGTERM");
});

test("a debrief to the journey, in two tabs, without a complaint of the browser", async () => {
    const session = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
    const complaints = [];
    const tab = async (address) => {
        const page = await session.newPage();
        page.setDefaultTimeout(30_000);
        page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(String(error)));
        await page.goto(address);
        await page.waitForSelector("h1");
        return page;
    };
    const page = await tab(url);
    const other = await tab(url);
    assert.equal(new URL(page.url()).hash, "");
    await other.getByRole("link", { name: "Customers" }).first().click();
    await other.getByRole("searchbox").fill("Ron-tech");
    await other.getByRole("link", { name: /Ron-tech/ }).click();
    await page.getByRole("link", { name: "Debrief this meeting" }).click();
    const line = page.getByRole("textbox", { name: "Say it in your own words" });
    await line.fill("Miriam told me that last Thursday an emergency CT waited 70 minutes.");
    await line.press("Enter");
    await page.getByText(/^Noted/).first().waitFor();
    await page.getByRole("button", { name: "Enough for now" }).click();
    await page.getByRole("button", { name: /confirm (it|them)/ }).click();
    await page.getByRole("heading", { name: "It is in the journey" }).waitFor();
    await other.getByText("waited 70 minutes").first().waitFor();
    await page.goto(new URL("/team", url).href);
    await page.locator("canvas").first().waitFor();
    assert.deepEqual(complaints, []);
    await session.close();
});

test("when the program ends the page says so, and keeps what was typed", async () => {
    const session = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await session.newPage();
    await page.goto(url);
    await page.getByRole("link", { name: "Customers" }).first().click();
    await page.getByRole("searchbox").fill("Codehow");
    await page.getByRole("link", { name: /Codehow/ }).click();
    await page.getByRole("main").getByRole("link", { name: "Debrief", exact: true }).click();
    const line = page.getByRole("textbox", { name: "Say it in your own words" });
    await line.fill("They decide in March");
    program.kill("SIGTERM");
    await page.getByRole("status").getByText("Program not reachable").waitFor({ timeout: 30_000 });
    await line.press("Enter");
    assert.equal(await line.inputValue(), "They decide in March");
    await session.close();
});
