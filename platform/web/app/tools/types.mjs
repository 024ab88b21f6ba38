// Writes src/backend/schema.ts from the one schema of the program's JSON-RPC methods.
// With --check it only compares, and fails when the checked-in file is not what the schema says.
import { readFileSync, writeFileSync } from "node:fs";

const source = new URL("../../../app/rpc_schema.json", import.meta.url);
const target = new URL("../src/backend/schema.ts", import.meta.url);
const schema = JSON.parse(readFileSync(source, "utf8"));

// `Record` is a word of TypeScript's own.
const pascal = (name) => (name === "record" ? "StoredRecord" : name.replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase()));

function typeOf(node) {
    if (!node || Object.keys(node).length === 0) return "unknown";
    if (node.$ref) return pascal(node.$ref.split("/").pop());
    if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(" | ");
    if (node.oneOf) return node.oneOf.map(typeOf).join(" | ");
    if (Array.isArray(node.type)) return node.type.map((type) => typeOf({ ...node, type })).join(" | ");
    switch (node.type) {
        case "string": return "string";
        case "integer":
        case "number": return "number";
        case "boolean": return "boolean";
        case "null": return "null";
        case "array": return `${wrapped(typeOf(node.items))}[]`;
        case "object": return objectOf(node);
        default: return "unknown";
    }
}

function wrapped(type) {
    return /[ |]/.test(type) && !type.startsWith("{") ? `(${type})` : type;
}

function objectOf(node) {
    const required = new Set(node.required ?? []);
    const members = Object.entries(node.properties ?? {}).map(
        ([name, value]) => `${name}${required.has(name) ? "" : "?"}: ${typeOf(value)}`);
    const open = node.additionalProperties;
    if (open) members.push(`[name: string]: ${open === true || members.length > 0 ? "unknown" : typeOf(open)}`);
    if (members.length === 0) return "{ [name: string]: unknown }";
    return `{ ${members.join("; ")} }`;
}

const lines = [
    "// Made by tools/types.mjs from platform/app/rpc_schema.json. Change that file, then run `npm run types`.",
    "",
];
for (const [name, node] of Object.entries(schema.components.schemas)) {
    lines.push(`export type ${pascal(name)} = ${typeOf(node)};`);
}
lines.push("", "export interface Methods {");
for (const method of schema.methods) {
    const params = (method.params ?? []).map(
        (param) => `${param.name}${param.required ? "" : "?"}: ${typeOf(param.schema)}`);
    lines.push(`    "${method.name}": { params: { ${params.join("; ")} }; result: ${typeOf(method.result.schema)} };`);
}
lines.push("}", "", "export interface Notifications {");
for (const note of schema["x-notifications"]) lines.push(`    "${note.name}": ${typeOf(note.params)};`);
lines.push("}", "");
const text = lines.join("\n").replaceAll("{  }", "{ [name: string]: never }");

if (process.argv.includes("--check")) {
    if (readFileSync(target, "utf8") !== text) {
        console.error("src/backend/schema.ts is not what rpc_schema.json says. Run: npm run types");
        process.exit(1);
    }
} else {
    writeFileSync(target, text);
}
