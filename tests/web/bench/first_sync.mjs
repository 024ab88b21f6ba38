// How long 10,000 records take to come to a browser that has nothing yet: from the request until they are durable and can
// be searched. Each round is a browser of its own.
import { Browser, startSite } from "../support/browser.mjs";
import { Device, Server } from "../support/server.mjs";

const records = 10_000;

/** A server with that many records; `invite()` makes an invitation of the manager, who sees all of them. */
export async function fullServer() {
    const server = await new Server().start();
    await server.admin("user", "add", "Ada Lind", "--role", "manager");
    await server.admin("team", "add", "North", "--manager", "Ada Lind");
    await server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North");
    const rep = new Device();
    await rep.call("sync.join", { invitation: await server.admin("invite", "Ben Rep") });
    const accounts = [];
    for (let number = 0; number < 20; ++number) accounts.push((await rep.call("record.put", { table: "account", fields: { name: `Account ${number}` } })).id);
    for (let begun = 0; begun < records; begun += 500) {
        await Promise.all(
            Array.from({ length: 500 }, (_, at) =>
                rep.call("record.put", {
                    table: "observation",
                    fields: { account: accounts[at % 20], dimension: "why_change", text: `Fact ${begun + at}: the line stops twice a week`, said_on: "2026-03-02", state: "confirmed" },
                }),
            ),
        );
    }
    await rep.call("sync.once", { timeout_s: 120 });
    await rep.close();
    return server;
}

/** One fresh browser: milliseconds. `watch(tab, act)` may look at what happens meanwhile. */
export async function firstSync(server, watch = (_, act) => act()) {
    const site = await startSite({ backend: server.port });
    const browser = await new Browser().start();
    try {
        const tab = await browser.tab(site);
        const invitation = (await server.admin("invite", "Ada Lind")).replace(String(server.port), String(site.port));
        await tab.call("sync.join", { invitation });
        const took = await watch(tab, () =>
            tab.page.evaluate(async () => {
                const begun = performance.now();
                const answer = await window.ask("sync.once", { timeout_s: 120 });
                if (answer.error) throw new Error(JSON.stringify(answer.error));
                return performance.now() - begun;
            }),
        );
        const { hits } = await tab.call("search", { query: "Fact 9999" });
        if (hits.length !== 1) throw new Error("what came cannot be found");
        return took;
    } finally {
        await browser.close();
        await site.close();
    }
}
