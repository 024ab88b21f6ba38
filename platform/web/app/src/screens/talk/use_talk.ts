// One conversation with the bot: its lines, where it stands, what was understood. Nothing is shown as said that the
// program has not stored; a line whose fate is not known goes back into the field it was typed in.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Params } from "../../backend/backend";
import { RpcError } from "../../backend/backend";
import type { Item, Message, State } from "../../backend/schema";
import { backend, call, onChanged } from "../../state/program";

export type Action = Params<"chat.act">["action"];

export interface Talk {
    messages: Message[];
    /** How many lines come before those. */
    earlier: number;
    readEarlier(): void;
    state: State | null;
    understood: Item[];
    outcome: Record<string, unknown> | null;
    error: RpcError | null;
    /** What was sent and is not stored yet. */
    sending: string | null;
    busy: boolean;
    /** True if the line was stored. */
    say(text: string, notPrivate?: boolean): Promise<boolean>;
    act(action: Action, item?: string, text?: string): Promise<boolean>;
    again(): void;
}

const settle_ms = 120;
/** The newest lines come first: a room that went on for a year must open like one of today. */
const lines_at_once = 100;

function merged(old: Message[], more: Message[]): Message[] {
    const known = new Set(old.map((message) => message.id));
    const fresh = more.filter((message) => !known.has(message.id));
    return fresh.length === 0 ? old : [...old, ...fresh];
}

export function useTalk(id: string): Talk {
    const [messages, setMessages] = useState<Message[]>([]);
    const [earlier, setEarlier] = useState(0);
    const shown = useRef(lines_at_once);
    const [state, setState] = useState<State | null>(null);
    const [understood, setUnderstood] = useState<Item[]>([]);
    const [outcome, setOutcome] = useState<Record<string, unknown> | null>(null);
    const [error, setError] = useState<RpcError | null>(null);
    const [sending, setSending] = useState<string | null>(null);
    const [busy, setBusy] = useState(false);
    const working = useRef(false);

    const read = useCallback(async () => {
        try {
            const all = await call("chat.get", { conversation: id, last: shown.current });
            setMessages(all.messages);
            setEarlier(all.earlier ?? 0);
            setState(all.state);
            setUnderstood(all.understood);
            setOutcome(all.outcome ?? null);
            setError(null);
        } catch (failed) {
            if (failed instanceof RpcError && failed.data.code !== "door_lost") setError(failed);
        }
    }, [id]);

    useEffect(() => {
        setMessages([]);
        setEarlier(0);
        shown.current = lines_at_once;
        setState(null);
        setUnderstood([]);
        setOutcome(null);
        setError(null);
        void read();
        let timer: ReturnType<typeof setTimeout> | undefined;
        const readSoon = () => {
            if (working.current) return;
            clearTimeout(timer);
            timer = setTimeout(() => void read(), settle_ms);
        };
        const stopHearing = backend().on((told) => {
            if (told.method !== "message" || told.params.conversation !== id) return;
            setMessages((old) => merged(old, [told.params.message]));
            if (told.params.message.author.kind === "user") setSending(null);
            readSoon();
        });
        const stopChanges = onChanged((tables) => {
            if (tables.length === 0 || tables.includes("room") || tables.includes("review")) readSoon();
        });
        return () => {
            clearTimeout(timer);
            stopHearing();
            stopChanges();
        };
    }, [id, read]);

    const work = useCallback(async (does: () => Promise<{ messages: Message[]; state: State }>) => {
        working.current = true;
        setBusy(true);
        setError(null);
        try {
            const result = await does();
            setMessages((old) => merged(old, result.messages));
            setState(result.state);
            await read();
            return true;
        } catch (failed) {
            if (failed instanceof RpcError) setError(failed);
            return false;
        } finally {
            working.current = false;
            setBusy(false);
            setSending(null);
        }
    }, [read]);

    const say = useCallback((text: string, notPrivate = false) => {
        setSending(text);
        return work(() => call("chat.say", { conversation: id, text, ...(notPrivate ? { not_private: true } : {}) }));
    }, [id, work]);
    const act = useCallback(
        (action: Action, item?: string, text?: string) => work(() => call("chat.act", { conversation: id, action, item, text })),
        [id, work],
    );
    const readEarlier = useCallback(() => {
        shown.current += 5 * lines_at_once;
        void read();
    }, [read]);
    return { messages, earlier, readEarlier, state, understood, outcome, error, sending, busy, say, act, again: () => void read() };
}
