// Who is in a review room, and who is typing. Told while the link stands, stored nowhere.
import { Users } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Said } from "../../parts/bits";
import { backend, call } from "../../state/program";
import { t } from "../../words";

interface There {
    name: string;
    state: "here" | "typing";
}

const tell_again_ms = 3_000;
const typing_holds_ms = 6_000;

/** Tells the others that this person types; at most every three seconds. */
export function useTyping(conversation: string, shared: boolean): (() => void) | undefined {
    const told = useRef(0);
    if (!shared) return undefined;
    return () => {
        if (Date.now() - told.current < tell_again_ms) return;
        told.current = Date.now();
        void call("presence.tell", { conversation, state: "typing" }).catch(() => undefined);
    };
}

export function Presence({ conversation }: { conversation: string }) {
    const [there, setThere] = useState<Record<string, There>>({});
    useEffect(() => {
        void call("presence.tell", { conversation, state: "here" }).catch(() => undefined);
        const timers = new Map<string, ReturnType<typeof setTimeout>>();
        const stop = backend().on((told) => {
            if (told.method !== "presence" || told.params.conversation !== conversation) return;
            const { user, state } = told.params;
            clearTimeout(timers.get(user.id));
            setThere((old) => {
                const next = { ...old };
                if (state === "gone") delete next[user.id];
                else next[user.id] = { name: user.name, state };
                return next;
            });
            if (state === "typing") {
                const still = () => setThere((old) => (old[user.id] ? { ...old, [user.id]: { name: user.name, state: "here" } } : old));
                timers.set(user.id, setTimeout(still, typing_holds_ms));
            }
        });
        return () => {
            stop();
            timers.forEach((timer) => clearTimeout(timer));
            void call("presence.tell", { conversation, state: "gone" }).catch(() => undefined);
        };
    }, [conversation]);
    const people = Object.entries(there);
    return (
        <p class="row small soft presence" role="status">
            <Users size={16} aria-hidden="true" />
            {people.length === 0 ? t("presence.alone") : people.map(([id, person]) => (
                <span key={id} class="chip good"><Said>{person.name}</Said> {t(person.state === "typing" ? "presence.typing" : "presence.here")}</span>
            ))}
        </p>
    );
}
