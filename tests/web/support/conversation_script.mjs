// A page of tests/conversations as JSON-RPC: what its head says is there, and what the rep says and does.
import fs from "node:fs";

const actions = new Set(["skip", "dont_know", "back", "undo", "why", "stop", "resume", "confirm"]);

/** One request at a time: each may need what an earlier one answered. `ask(method, params)` gives the result. */
export function playPage(file, ask) {
    const [head, ...body] = fs.readFileSync(file, "utf8").split("\n---\n");
    const lines = head.split("\n");
    const named = (name) => lines.filter((line) => line.startsWith(name + ": ")).map((line) => line.slice(name.length + 2));
    const language = named("language")[0];
    ask("store.init", { workspace: "Northwind", user: "Jonas Brandt", ...(language ? { language } : {}) });
    const put = (table, fields) => ask("record.put", { table, fields }).id;
    const account = put("account", { name: named("account")[0] ?? "Brightfield Dairy" });
    const people = new Map();
    for (const contact of named("contact")) {
        const [name, role] = contact.split(", ");
        people.set(name, put("contact", { account, name, ...(role ? { role } : {}) }));
    }
    const [date, ...title] = (named("meeting")[0] ?? "2025-03-12 Meeting").split(" ");
    const meeting = put("meeting", { account, title: title.join(" ") || "Meeting", at: `${date}T08:00:00Z` });
    for (const fact of named("fact")) {
        const [dimension, said_on, person, text] = fact.split("|").map((part) => part.trim());
        put("observation", { account, dimension, said_on, text, state: "confirmed", ...(people.has(person) ? { person: people.get(person) } : {}) });
    }
    for (const promise of named("promise")) {
        const [owner, due, text] = promise.split("|").map((part) => part.trim());
        if (people.has(owner)) put("commitment", { account, owner: people.get(owner), due, text, state: "open" });
    }
    const kind = /(deal|plan|competitive)_review/.exec(file)?.[0] ?? "debrief";
    const { conversation } = ask("chat.start", { kind, account, ...(kind === "debrief" ? { meeting } : {}) });
    for (const line of body.join("\n---\n").split("\n")) {
        if (line.startsWith("> ")) ask("chat.say", { conversation, text: line.slice(2) });
        const action = /^! (\w+)/.exec(line)?.[1];
        if (action !== undefined && actions.has(action)) ask("chat.act", { conversation, action });
    }
    ask("chat.get", { conversation });
    ask("journey.get", { account });
    ask("plan.get", { account });
    ask("search", { query: "audit" });
    ask("export", { format: "json" });
}
