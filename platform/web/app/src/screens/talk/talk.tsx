// A conversation with the bot: debrief, review, rehearsal or one-to-one.
import "./talk.css";
import { useLocation, useRoute } from "preact-iso";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Params } from "../../backend/backend";
import { RpcError } from "../../backend/backend";
import type { Kind } from "../../backend/schema";
import { Failure, Head, Loading, NameOf, Said } from "../../parts/bits";
import { useName } from "../../state/names";
import { askToKeep, call } from "../../state/program";
import { useQuery } from "../../state/query";
import { locale, rich, t, type Key } from "../../words";
import { Composer } from "./composer";
import { ConfirmCard } from "./confirm_card";
import { Done } from "./done";
import { home_of } from "./homes";
import { Lines } from "./lines";
import { Presence, useTyping } from "./presence";
import { QuickReplies } from "./quick_replies";
import { useTalk } from "./use_talk";

/** `/debrief/new?account=…&meeting=…`: opens the conversation, or the unfinished one, and goes there. */
function Opening({ kind }: { kind: Kind }) {
    const { route } = useLocation();
    const { query } = useRoute();
    const [failed, setFailed] = useState<RpcError | null>(null);
    useEffect(() => {
        const { account, meeting, contact, rep, plan, opportunity, ending } = query as Record<string, string | undefined>;
        const params: Params<"chat.start"> = { kind, account, meeting, contact, rep, plan, opportunity, language: locale() === "de" ? "de" : "en", ...(ending ? { ending: true } : {}) };
        call("chat.start", params).then(
            (started) => route(`${home_of[kind]}/${started.conversation}`, true),
            (error: unknown) => error instanceof RpcError && setFailed(error),
        );
    }, []);
    return <div class="page narrow">{failed ? <><Head title={t("talk.not_opened")} /><Failure error={failed} /></> : <Loading />}</div>;
}

function kindOf(path: string, asked: string | undefined): Kind {
    if (path.startsWith("/rehearsal")) return "rehearsal";
    if (path.startsWith("/coaching")) return "coaching";
    if (path.startsWith("/review")) return (asked as Kind | undefined) ?? "deal_review";
    return "debrief";
}

function Conversation({ id }: { id: string }) {
    const talk = useTalk(id);
    const room = useQuery("record.get", { table: "room", id }, ["room"]).data;
    const kind = ((room?.kind as string | undefined) ?? "debrief") as Kind;
    const shared = kind.endsWith("_review");
    const typed = useRef("");
    const account = useName("account", talk.state?.account);
    const typing = useTyping(id, shared);
    useAskToKeep(talk.understood.length > 0);
    if (!talk.state) return <div class="page narrow">{talk.error ? <><Head title={t("talk.not_opened")} /><Failure error={talk.error} again={talk.again} /></> : <Loading />}</div>;
    const { phase, asked, limit } = talk.state;
    const lastOwn = talk.messages.findLast((message) => message.author.kind === "user");
    const notPrivate = lastOwn?.redacted && typed.current ? () => void talk.say(typed.current, true) : undefined;
    const title = (kind === "rehearsal" && room?.contact)
        ? rich("talk.with_contact", { name: <NameOf table="contact" id={room.contact as string} /> })
        : rich(`talk.title_${kind}` as Key, { name: <Said>{account || "…"}</Said> });
    return (
        <div class="page narrow talk">
            <Head title={title} over={talk.state.account && <a class="crumb" href={`/accounts/${talk.state.account}`}><Said>{account}</Said></a>}>
                <span class="chip">{phase === "asking" && limit > 0 && !shared ? t("talk.question_of", { n: asked, limit }) : t(`phase.${phase}`)}</span>
            </Head>
            {shared && <Presence conversation={id} />}
            <Lines messages={talk.messages} earlier={talk.earlier} readEarlier={talk.readEarlier} sending={talk.sending} busy={talk.busy} shared={shared} tellNotPrivate={notPrivate} />
            {phase === "confirming" && <ConfirmCard talk={talk} />}
            {phase === "done" && <Done talk={talk} kind={kind} conversation={id} />}
            {talk.error && <Failure error={talk.error} again={talk.again} />}
            {phase !== "done" && (
                <div class="foot">
                    <QuickReplies talk={talk} kind={kind} />
                    <Composer key={id} conversation={id} disabled={talk.busy} typing={typing}
                        label={t(phase === "confirming" ? "talk.say_confirming" : kind === "rehearsal" ? "talk.say_rehearsal" : "talk.say")}
                        say={(text) => { typed.current = text; return talk.say(text); }} />
                </div>
            )}
        </div>
    );
}

/** The browser is asked not to clear the storage once there is something in it worth keeping. */
function useAskToKeep(something: boolean): void {
    useEffect(() => {
        if (something) void askToKeep();
    }, [something]);
}

export default function Talk() {
    const { path } = useLocation();
    const { params, query } = useRoute();
    const id = params.id ?? "";
    return id === "new" ? <Opening key={location.search} kind={kindOf(path, query.kind)} /> : <Conversation key={id} id={id} />;
}
