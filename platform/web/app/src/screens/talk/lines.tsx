// The lines of a conversation. A screen reader hears each new one once.
import { BookMarked, Check, EyeOff, X } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
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

const long_lines = 8; // More than this is folded: a question must not stand below a page of what is known.

/** What the bot says: its lists as lists, and a long one folded. */
function BotWords({ text }: { text: string }) {
    const lines = withoutList(text).split("\n");
    const body = (part: string[]) => part.reduce<{ list: boolean; lines: string[] }[]>((blocks, line) => {
        const list = line.startsWith("- ");
        const last = blocks.at(-1);
        if (last && last.list === list) last.lines.push(list ? line.slice(2) : line);
        else blocks.push({ list, lines: [list ? line.slice(2) : line] });
        return blocks;
    }, []).map((block, index) => (block.list
        ? <ul key={index} class="told" data-said>{block.lines.map((line, n) => <li key={n} dir="auto">{line}</li>)}</ul>
        : <Words key={index}>{block.lines.join("\n")}</Words>));
    if (lines.length <= long_lines) return <div class="stack tight">{body(lines)}</div>;
    return (
        <div class="stack tight">
            {body(lines.slice(0, 2))}
            <details class="aside"><summary>{t("talk.whole", { n: lines.length - 2 })}</summary><div class="stack tight">{body(lines.slice(2))}</div></details>
        </div>
    );
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
            {!message.judged && (
                <div class={`says ${message.ask ? "asks" : ""}`}>
                    {message.redacted && <EyeOff size={16} aria-hidden="true" />}
                    {bot ? <BotWords text={message.text} /> : <Words>{message.text}</Words>}
                </div>
            )}
            {message.redacted && tellNotPrivate && (
                <button class="button" type="button" onClick={tellNotPrivate}>{t("talk.not_private")}</button>
            )}
            {message.answer?.found && <p class="tiny soft row"><BookMarked size={14} aria-hidden="true" />{t("talk.from_store", { n: message.answer.evidence.length })}</p>}
            {message.judged && <Verdict judged={message.judged} />}
            {!bot && <SellerParts message={message} />}
        </li>
    );
}

/** Two who spoke at once were both given the next question: it stands once. */
function withoutTwins(messages: Message[]): Message[] {
    let open: Message | undefined;
    return messages.filter((message) => {
        const { ask, text } = message;
        if (!ask) return true;
        const twin = open !== undefined && !ask.restated && open.ask?.question === ask.question && open.text === text;
        if (!twin) open = message;
        return !twin;
    });
}

interface Props {
    messages: Message[];
    earlier: number;
    readEarlier: () => void;
    sending: string | null;
    busy: boolean;
    shared: boolean;
    /** For the newest line only: what was typed is known for as long as this screen is open. */
    tellNotPrivate?: () => void;
}

export function Lines({ messages, earlier, readEarlier, sending, busy, shared, tellNotPrivate }: Props) {
    const end = useRef<HTMLLIElement>(null);
    const looked = useRef(false);
    const [first, last] = [messages[0]?.id, sending ?? messages.at(-1)?.id];
    const [firstKnown, setFirstKnown] = useState(first);
    useEffect(() => setFirstKnown(first), [first]);
    useEffect(() => {
        // The first look starts where the conversation stands, later lines come into view.
        if (last !== undefined) end.current?.scrollIntoView({ block: "nearest", behavior: looked.current ? "smooth" : "auto" });
        looked.current = last !== undefined;
    }, [last]);
    const shownLines = withoutTwins(messages);
    const lastOwn = messages.findLast((message) => message.author.kind === "user");
    return (
        // What comes in front was said long ago, and is not read out.
        <div class="log" role="log" aria-label={t("talk.log")} aria-live={first === firstKnown ? "polite" : "off"}><ol class="lines-of">
            {earlier > 0 && <li class="row"><button class="button plain" type="button" onClick={readEarlier}>{t("talk.earlier", { n: earlier })}</button></li>}
            {shownLines.map((message) => (
                <Line key={message.id} message={message} me={message.author.user === info.value?.user} shared={shared}
                    tellNotPrivate={message === lastOwn ? tellNotPrivate : undefined} />
            ))}
            {sending !== null && <li class="line me unsent"><div class="says"><Words>{sending}</Words></div></li>}
            <li ref={end} class="thinking" aria-hidden="true">{busy && <span class="dots"><i /><i /><i /></span>}</li>
        </ol></div>
    );
}
