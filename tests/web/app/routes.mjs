// Every screen, for the tests that look at all of them.
import { calls } from "./support.mjs";

export function routesOf(store, options = []) {
    const [accounts, contacts] = calls(store, [
        ["record.list", { table: "account", where: { name: "Ron-tech" } }],
        ["record.list", { table: "contact", where: { name: "Jakub Novak" } }],
    ], options);
    const account = accounts.records[0].id;
    const contact = contacts.records[0].id;
    return {
        today: "/",
        customers: "/accounts",
        journey: `/accounts/${account}`,
        people: `/accounts/${account}?tab=people`,
        shifts: `/accounts/${account}?tab=shifts`,
        together: `/accounts/${account}?tab=together`,
        meetings: `/accounts/${account}?tab=meetings`,
        plan: `/accounts/${account}/plan`,
        debrief: `/debrief/new?account=${account}`,
        review: `/review/new?account=${account}&kind=deal_review`,
        rehearsal: `/rehearsal/new?contact=${contact}`,
        practice: "/practice",
        overview: "/team",
        coaching: "/coaching",
        waiting: "/waiting",
        conflicts: "/conflicts",
        search: "/search?q=night",
        settings: "/settings",
        admin: "/admin",
        join: "/join",
        nowhere: "/nowhere",
    };
}

/** Waits until a screen stands, with what it has read. */
export async function stands(page) {
    await page.waitForSelector("h1");
    await page.waitForFunction(() => !document.querySelector(".loading"), null, { timeout: 15_000 });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Goes to a screen and waits until it stands. */
export async function open(page, origin, path) {
    await page.goto(origin + path);
    await stands(page);
}
