// What a finger can say in place of words. Words do the same.
import { t, type Key } from "../../words";
import type { Action, Talk } from "./use_talk";

interface Reply {
    action: Action;
    key: Key;
}

const while_asking: Reply[] = [
    { action: "dont_know", key: "reply.dont_know" },
    { action: "skip", key: "reply.skip" },
    { action: "why", key: "reply.why" },
    { action: "back", key: "reply.back" },
    { action: "undo", key: "reply.undo" },
    { action: "stop", key: "reply.stop" },
];
const in_rehearsal: Reply[] = [
    { action: "skip", key: "reply.skip" },
    { action: "undo", key: "reply.undo" },
    { action: "stop", key: "reply.stop" },
];

export function QuickReplies({ talk, kind }: { talk: Talk; kind: string }) {
    if (talk.state?.phase !== "asking" && talk.state?.phase !== "stopped") return null;
    const replies = talk.state.phase === "stopped" ? [{ action: "resume" as Action, key: "reply.resume" as Key }]
        : kind === "rehearsal" ? in_rehearsal : while_asking;
    return (
        <div class="replies" role="group" aria-label={t("reply.label")}>
            {replies.map((reply) => (
                <button key={reply.action} class="button" type="button" disabled={talk.busy} onClick={() => void talk.act(reply.action)}>{t(reply.key)}</button>
            ))}
        </div>
    );
}
