// Cuts the linked module in two: what a page needs to show itself and to sync, and what is needed when somebody talks,
// imports or exports (debrief.talk.wasm). A call from the first into the second goes through a placeholder that the host
// answers (platform/web/worker/src/second_part.ts). Both are the same code as before: only where it lies is another.
//     node split.mjs FOLDER        FOLDER/debrief.wasm must have its functions' names; afterwards it has none.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Where what is said, read, imported and exported is dealt with. */
const talks =
    /^[^(<]*?(debrief::(bot|core::intake)::|debrief::platform::(\(anonymous namespace\)::)?(load_sample|parse_evidence|sample_json|import_|export_|call_plan|plan_view|understand_note|message_view|world_of|playbook_|chat_|start\(|turn\(|shown\(|load_conversation|add_review_world|drills_|needs_of_rep|need_json|coaching_|overview|rep_json|outcomes_json|goal_|share_goal|focus_|erase_words))/;
/** Of theirs by the types that they are made for; but one function may serve several types that look alike. */
const perhaps = /debrief::(bot|core::intake)::|nlohmann.*::ordered_map/;
const facade = /debrief::platform::/;
/** Bytes. The façade keeps what is smaller: to call it elsewhere would cost as much, and often it has twins here. */
const smallest = 300;

const folder = process.argv[2];
const module = path.join(folder, "debrief.wasm");
const bytes = fs.readFileSync(module);

let at = 8;
function number() {
    for (let value = 0, scale = 1; ; scale *= 128) {
        const part = bytes[at++];
        value += (part & 127) * scale;
        if (part < 128) return value;
    }
}
function text() {
    const size = number();
    return bytes.toString("utf8", at, (at += size));
}
function coded(value) {
    const out = [];
    do {
        const rest = Math.floor(value / 128);
        out.push((value & 127) | (rest > 0 ? 128 : 0));
        value = rest;
    } while (value > 0);
    return Buffer.from(out);
}

// Names in C++ have commas and brackets, which the tool takes for its own: each function gets a short one instead.
const kept = [bytes.subarray(0, 8)];
const names = [];
const sizes = [];
while (at < bytes.length) {
    const begin = at;
    const kind = bytes[at++];
    const end = number() + at;
    if (kind !== 0) {
        kept.push(bytes.subarray(begin, end));
        for (let left = kind === 10 ? number() : 0; left > 0; --left) {
            const size = number();
            sizes.push(size);
            at += size;
        }
    } else if (text() === "name") {
        while (at < end) {
            const which = bytes[at++];
            const stop = number() + at;
            if (which === 1) for (let left = number(); left > 0; --left) names.push([number(), text()]);
            at = stop;
        }
    }
    at = end;
}
if (names.length === 0) throw new Error(`${module} has no names: was it cut before? Link it again.`);
const table = Buffer.concat([coded(names.length), ...names.flatMap(([index]) => [coded(index), coded(`f${index}`.length), Buffer.from(`f${index}`)])]);
const section = Buffer.concat([coded(4), Buffer.from("name"), Buffer.from([1]), coded(table.length), table]);
fs.writeFileSync(module, Buffer.concat([...kept, Buffer.from([0]), coded(section.length), section]));


// Who calls whom, as the tool draws it.
const callers = new Map(names.map(([index]) => [`f${index}`, new Set()]));
const fixed = new Set();
const drawn = execFileSync("wasm-opt", ["--all-features", module, "--print-call-graph", "--output", "/dev/null"], { encoding: "utf8", maxBuffer: 1 << 28 });
for (const line of drawn.split("\n")) {
    const [, from, to] = /^ *"(.*?)" -> "(.*?)"/.exec(line) ?? [];
    if (from !== undefined && from !== to) callers.get(to)?.add(from);
    // The host calls it, or a pointer leads to it.
    const [, met] = /^ *"(.*?)" \[style="filled(?:, rounded"|", fillcolor="(?:gray|turquoise))/.exec(line) ?? [];
    if (met !== undefined) fixed.add(met);
}
const goes = new Set(), sure = new Set(), above = new Set();
const imported = names.length - sizes.length;
for (const [index, name] of names) {
    if (talks.test(name) && sizes[index - imported] > smallest) sure.add(`f${index}`);
    if (facade.test(name) || talks.test(name)) above.add(`f${index}`);
    if (talks.test(name) || (perhaps.test(name) && !facade.test(name))) goes.add(`f${index}`);
}
// Lower rooms do not know the bot: what they call of it is a twin of something of theirs, which the linker made one with it.
const allCallersGo = (one) => [...callers.get(one)].every((caller) => goes.has(caller) || (sure.has(one) && above.has(caller)));
for (let changed = true; changed; ) {
    changed = false;
    for (const one of goes) if (!allCallersGo(one)) changed = goes.delete(one);
}
// What only they call goes with them.
for (let changed = true; changed; ) {
    changed = false;
    for (const [one, from] of callers) {
        if (goes.has(one) || fixed.has(one) || from.size === 0 || !allCallersGo(one)) continue;
        goes.add(one);
        changed = true;
    }
}
const list = path.join(folder, "talk.list");
fs.writeFileSync(list, [...goes].join("\n"));
execFileSync(
    "wasm-split",
    ["--all-features", "--quiet", module, `--split-funcs=@${list}`, "--primary-output", `${module}.first`, "--secondary-output", path.join(folder, "debrief.talk.wasm")],
    { stdio: ["ignore", "ignore", "inherit"] },
);
fs.renameSync(`${module}.first`, module);
fs.rmSync(list);
