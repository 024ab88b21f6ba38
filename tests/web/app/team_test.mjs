// Several people: joining from an invitation, a manager who sees a debrief live, a review room with two in it, a conflict settled
// by one press, an administrator who adds, invites and cuts off.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { bridge } from "./bridge.mjs";
import { Server } from "./server.mjs";
import { debrief, files, folder, launch, needBuilt, pictures, WebSocket } from "./support.mjs";

let browser, server;
const doors = [];
const people = {};

/** A device with its own store and program, and a browser in front of it. */
async function device(name) {
    const door = await bridge({ files, debrief, store: join(folder(name), "store") });
    doors.push(door);
    const session = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
    const page = await session.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(door.url);
    await page.waitForSelector("h1");
    return { door, page };
}

async function joined(name, user) {
    const one = await device(name);
    const { page } = one;
    await page.getByRole("link", { name: "I have an invitation" }).click();
    await page.getByRole("textbox", { name: "Link of the invitation" }).fill(server.admin("invite", user));
    await page.getByRole("button", { name: "Join" }).click();
    await page.getByRole("heading", { level: 1, name: new RegExp(user.split(" ")[0]) }).waitFor();
    people[name] = one;
    return one;
}

before(async () => {
    needBuilt();
    browser = await launch();
    server = await new Server(join(folder("server"), "data")).start();
    server.admin("user", "add", "Ada Lind", "--role", "manager");
    server.admin("team", "add", "North", "--manager", "Ada Lind");
    server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North");
    server.admin("user", "add", "Cora Admin", "--role", "admin");
});
after(async () => {
    await browser?.close();
    for (const door of doors) await door.close();
    await server?.stop();
});

test("a rep and a manager join with their invitations, in the browser", async () => {
    await joined("rep", "Ben Rep");
    await joined("manager", "Ada Lind");
    await people.rep.page.getByRole("status").getByText("Synced").waitFor();
});

test("the first debrief begins with a customer's name, and the manager sees what was confirmed without doing anything", async () => {
    const { page } = people.rep;
    await page.getByRole("textbox", { name: "The customer’s name" }).fill("Brightfield Dairy");
    await page.screenshot({ path: join(pictures, "first-steps-desktop-light.png") });
    await page.getByRole("button", { name: "Begin the first debrief" }).click();
    const line = page.getByRole("textbox", { name: "Say it in your own words" });
    await line.fill("Sarah Chen, their COO, told me that two trucks of milk went bad last week because the cooling alarm came too late.");
    await line.press("Enter");
    await page.getByText(/^Noted/).first().waitFor();

    const watching = people.manager.page;
    await watching.getByRole("link", { name: "Customers" }).first().click();
    await watching.getByRole("link", { name: /Brightfield Dairy/ }).click();
    await watching.getByRole("heading", { level: 1, name: "Brightfield Dairy" }).waitFor();
    assert.equal(await watching.getByText("two trucks of milk").count(), 0, "what was not confirmed is the rep's alone");

    await page.getByRole("button", { name: "Enough for now" }).click();
    await page.screenshot({ path: join(pictures, "confirm-desktop-light.png"), fullPage: true });
    await page.getByRole("button", { name: /confirm (it|them)/ }).click();
    await page.getByRole("heading", { name: "It is in the journey" }).waitFor();
    await watching.getByText("two trucks of milk").first().waitFor();
});

test("in a review room each sees who is there and who types, and every line has its author", async () => {
    for (const { page } of [people.rep, people.manager]) {
        await page.getByRole("link", { name: "Customers" }).first().click();
        await page.getByRole("link", { name: /Brightfield Dairy/ }).click();
        await page.getByRole("button", { name: "Review" }).click();
        await page.getByRole("link", { name: /Deal review/ }).click();
        await page.getByRole("log").waitFor();
    }
    const [rep, manager] = [people.rep.page, people.manager.page];
    assert.equal(new URL(rep.url()).pathname, new URL(manager.url()).pathname, "both are in one room");
    await rep.getByText("Ada Lind is here").waitFor();
    const line = manager.getByRole("textbox", { name: "Say it in your own words" });
    await line.pressSequentially("What does the dairy lose");
    await rep.getByText("Ada Lind is typing").waitFor();
    await rep.screenshot({ path: join(pictures, "review-two-desktop-light.png") });
    await line.pressSequentially(" each time an alarm comes late?");
    await line.press("Enter");
    await rep.getByRole("log").getByText("each time an alarm comes late?").waitFor();
    await rep.getByRole("log").getByText("Ada Lind").first().waitFor();
});

test("what two wrote without sight of each other stands side by side; one press settles it, and can be taken back", async () => {
    const [rep, manager] = [people.rep, people.manager];
    const account = new URL(await addressOf(rep.page)).pathname.split("/")[2];
    await server.stop();
    await put(rep, { table: "account", id: account, fields: { industry: "Dairy farming" } });
    await put(manager, { table: "account", id: account, fields: { industry: "Food" } });
    await server.start();
    await rep.page.goto(`${rep.door.origin}/conflicts`);
    const mine = rep.page.getByRole("listitem").filter({ hasText: "Dairy farming" });
    const theirs = rep.page.getByRole("listitem").filter({ hasText: "Food" });
    await theirs.waitFor({ timeout: 60_000 });
    await mine.getByText("You").waitFor();
    await theirs.getByText("Ada Lind").waitFor();
    await rep.page.getByRole("status").getByText("1 needs you").waitFor();
    await rep.page.screenshot({ path: join(pictures, "conflict-desktop-light.png") });
    await theirs.getByRole("button", { name: "Keep this" }).click();
    await rep.page.getByText("Nothing contradicts").waitFor();
    assert.equal((await get(rep, account)).industry, "Food");
    await rep.page.getByRole("button", { name: "Undo" }).click();
    await rep.page.waitForTimeout(1_000);
    assert.notEqual((await get(rep, account)).industry, undefined);
});

test("an administrator adds a user, shows the invitation as a code, and cuts a device off; that device says so", async () => {
    const { page } = await joined("admin", "Cora Admin");
    await page.getByRole("link", { name: "Settings" }).first().click();
    await page.getByRole("link", { name: "Administration" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Dan New");
    await page.getByRole("button", { name: "Add a user" }).click();
    await page.getByRole("button", { name: /Invite a device.*Dan New/ }).click();
    await page.getByRole("img", { name: "QR code of the invitation" }).waitFor();
    assert.match(await page.getByRole("dialog").innerText(), /http:\/\/127\.0\.0\.1:\d+\/join#/);
    await page.screenshot({ path: join(pictures, "invitation-desktop-light.png") });
    await page.keyboard.press("Escape");
    await page.getByRole("tab", { name: "Teams" }).click();
    await page.getByText("led by Ada Lind").waitFor();
    await page.getByRole("tab", { name: "Who serves whom" }).click();
    const served = page.getByRole("listitem").filter({ hasText: "Ben Rep" }).first();
    await served.getByRole("button", { name: /^Add/ }).click();
    await page.getByRole("dialog").getByRole("combobox").selectOption({ label: "North" });
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await served.getByText("North").waitFor();
    await served.getByRole("button", { name: "End: North" }).click();
    await served.getByText("North").waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "Playbooks" }).click();
    await page.getByText("in use").first().waitFor();
    await page.getByRole("tab", { name: "Devices" }).click();
    await page.getByRole("listitem").filter({ hasText: "Ben Rep" }).getByRole("button", { name: /Cut off/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cut off" }).click();
    await page.getByRole("listitem").filter({ hasText: "Ben Rep" }).getByText("cut off").waitFor();
    await people.rep.page.getByRole("heading", { level: 1, name: "This device was cut off" }).waitFor({ timeout: 60_000 });
    await people.rep.page.getByRole("alert").getByText("its store was wiped").waitFor();
    await people.rep.page.screenshot({ path: join(pictures, "revoked-desktop-light.png") });
    await people.rep.page.getByRole("link", { name: "I have an invitation" }).click();
    await people.rep.page.getByRole("textbox", { name: "Link of the invitation" }).waitFor();
    await page.getByRole("tab", { name: "Teams" }).click();
    await page.getByRole("tab", { name: "Devices" }).click();
    await page.getByRole("listitem").filter({ hasText: "Ben Rep" }).getByText("told to wipe").waitFor();
});

async function addressOf(page) {
    await page.getByRole("link", { name: "Customers" }).first().click();
    await page.getByRole("link", { name: /Brightfield Dairy/ }).click();
    await page.getByRole("heading", { level: 1, name: "Brightfield Dairy" }).waitFor();
    return page.url();
}

/** A call beside the page, through the same door. */
async function beside({ door }, method, params) {
    const socket = new WebSocket(door.url.replace("http", "ws").replace(/\/#.*/, "/rpc"));
    await new Promise((resolve) => { socket.onopen = resolve; });
    const answer = (id) => new Promise((resolve) => {
        socket.addEventListener("message", (event) => { const said = JSON.parse(event.data); if (said.id === id) resolve(said); });
    });
    const entered = answer(1);
    socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "page.enter", params: { secret: door.secret } }));
    await entered;
    const said = answer(2);
    socket.send(JSON.stringify({ jsonrpc: "2.0", id: 2, method, params }));
    const { result, error } = await said;
    socket.close();
    assert.equal(error, undefined, JSON.stringify(error));
    return result;
}
const put = (one, params) => beside(one, "record.put", params);
const get = (one, id) => beside(one, "record.get", { table: "account", id });
