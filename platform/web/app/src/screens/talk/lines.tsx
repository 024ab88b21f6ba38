// The lines of a conversation. A screen reader hears each new one once.
import { BookMarked, Check, EyeOff, X } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import type { Judged, Message } from "../../backend/schema";
import { Said, Words } from "../../parts/bits";
import { info } from "../../state/program";
import { t } from "../../words";
import { clock } from "../../words/dates";

/** While something waits for a confirmation the card shows the list, with buttons; the line keeps its first sentence. */
function withoutList(text: string): string {
    const list = text.search(/\n1\. /);
    return list < 0 ? text : text.slice(0, list);
}

function SellerParts({ message }: { message: Message }) {
    const ours = (message.focus ?? []).filter((part) => part.focus === "seller");
    if (ours.length === 0) return null;
    return (
        <details class="aside">
            <summary>{t("talk.kept_apart", { n: ours.length })}</summary>
            <ul class="stack tight small">
                {ours.map((part, index) => <li key={index}><Said>“{part.text}”</Said>{part.why && <span class="soft"> <Said>{part.why}</Said></span>}</li>)}
            </ul>
        </details>
    );
}

function Mark({ yes, label }: { yes: boolean; label: string }) {
    return (
        <span class={`chip ${yes ? "good" : "warn"}`}>
            {yes ? <Check size={14} aria-hidden="true" /> : <X size={14} aria-hidden="true" />}
            {label}<span class="visually-hidden">: {t(yes ? "yes" : "no")}</span>
        </span>
    );
}

function Verdict({ judged }: { judged: Judged }) {
    return (
        <div class="aside stack tight">
            <p class="row">
                <Mark yes={judged.focus} label={t("judged.focus")} />
                <Mark yes={judged.concrete} label={t("judged.concrete")} />
                <Mark yes={judged.honest} label={t("judged.honest")} />
            </p>
            <Words class="small soft">{judged.why}</Words>
            {judged.better && <p class="small"><span class="strong">{t("judged.better")}</span> <Said>{judged.better}</Said></p>}
        </div>
    );
}

interface LineProps {
    message: Message;
    me: boolean;
    shared: boolean;
    tellNotPrivate?: () => void;
}

function Line({ message, me, shared, tellNotPrivate }: LineProps) {
    const bot = message.author.kind === "bot";
    return (
        <li class={`line ${bot ? "bot" : me ? "me" : "other"}`}>
            {(bot || shared) && <p class="who tiny soft"><span class="strong"><Said>{message.author.name}</Said></span> {shared && clock(message.at)}</p>}
            {!bot && !shared && <span class="visually-hidden">{t("talk.you")}</span>}
            <div class={`says ${message.ask ? "asks" : ""}`}>
                {message.redacted && <EyeOff size={16} aria-hidden="true" />}
                <Words>{bot ? withoutList(message.text) : message.text}</Words>
            </div>
            {message.redacted && tellNotPrivate && (
                <button class="button" type="button" onClick={tellNotPrivate}>{t("talk.not_private")}</button>
            )}
            {message.answer?.found && <p class="tiny soft row"><BookMarked size={14} aria-hidden="true" />{t("talk.from_store", { n: message.answer.evidence.length })}</p>}
            {message.judged && <Verdict judged={message.judged} />}
            {!bot && <SellerParts message={message} />}
        </li>
    );
}

interface Props {
    messages: Message[];
    sending: string | null;
    busy: boolean;
    shared: boolean;
    /** For the newest line only: what was typed is known for as long as this screen is open. */
    tellNotPrivate?: () => void;
}

export function Lines({ messages, sending, busy, shared, tellNotPrivate }: Props) {
    const end = useRef<HTMLLIElement>(null);
    const seen = useRef(0);
    const count = messages.length + (sending === null ? 0 : 1);
    useEffect(() => {
        // The first look starts where the conversation stands, later lines come into view.
        if (count > 0) end.current?.scrollIntoView({ block: "nearest", behavior: seen.current === 0 ? "auto" : "smooth" });
        seen.current = count;
    }, [count]);
    const lastOwn = messages.findLast((message) => message.author.kind === "user");
    return (
        <ol class="lines-of" role="log" aria-label={t("talk.log")} aria-live="polite">
            {messages.map((message) => (
                <Line key={message.id} message={message} me={message.author.user === info.value?.user} shared={shared}
                    tellNotPrivate={message === lastOwn ? tellNotPrivate : undefined} />
            ))}
            {sending !== null && <li class="line me unsent"><div class="says"><Words>{sending}</Words></div></li>}
            <li ref={end} class="thinking" aria-hidden="true">{busy && <span class="dots"><i /><i /><i /></span>}</li>
        </ol>
    );
}
