// JSON-RPC as objects: what the page and the workers of several tabs send each other.
import type { Message } from "./core";

/** The tab that ran the program went while this was under way: whether it was done is not known. */
export function doorLost(id: Message["id"]): Message {
    return {
        jsonrpc: "2.0",
        id: id ?? null,
        error: {
            code: -32009,
            message: "door_lost",
            data: {
                code: "door_lost",
                reason: "The tab that kept your notes was closed while this was under way: it may have been done.",
                hint: "Look first whether it was, then say it again if need be.",
            },
        },
    };
}

export function refusal(id: Message["id"], code: string, reason: string, hint: string): Message {
    return { jsonrpc: "2.0", id: id ?? null, error: { code: -32000, message: reason, data: { code, reason, hint } } };
}

/** Asking twice does no harm: what only reads, and what says how things should be. */
export function mayAskAgain(method: string): boolean {
    return (
        /\.(get|list|show|history|status|info|due|overview|changes|discover|check|export)$/.test(method) ||
        ["search", "understand", "check", "export", "chat.start", "sync.connect", "sync.disconnect", "sync.once"].includes(method)
    );
}

/** Reads notes, or may have to: worth waiting a moment for what it reads with. */
export function needsLanguage(method: string): boolean {
    return /^(chat|rehearsal|drill)\./.test(method) || ["understand", "check", "plan.get", "import"].includes(method);
}
