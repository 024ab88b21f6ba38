// The end of a conversation: what it brought, and where that went.
import { CheckCircle2 } from "lucide-preact";
import type { Kind } from "../../backend/schema";
import { Words } from "../../parts/bits";
import { t } from "../../words";
import { ItemHead } from "./confirm_card";
import { Outcome } from "./outcome";
import type { Talk } from "./use_talk";

export function Done({ talk, kind, conversation }: { talk: Talk; kind: Kind; conversation: string }) {
    const counted = talk.understood.filter((item) => item.state === "confirmed");
    const account = talk.state?.account;
    return (
        <section class="card stack done" aria-labelledby="done">
            <h2 id="done" class="row"><CheckCircle2 size={24} aria-hidden="true" />{t(kind === "rehearsal" ? "done.rehearsal" : kind === "debrief" ? "done.debrief" : "done.other")}</h2>
            {counted.length > 0 && (
                <details open={counted.length <= 6}>
                    <summary>{t("done.counted", { n: counted.length })}</summary>
                    <ul class="list">{counted.map((item) => <li key={item.id} class="stack tight"><ItemHead item={item} /><Words>{item.text}</Words></li>)}</ul>
                </details>
            )}
            {talk.outcome && <Outcome outcome={talk.outcome} conversation={conversation} />}
            <p class="row">
                {kind === "rehearsal" && <button class="button" type="button" onClick={() => void talk.act("share")}>{t("done.share")}</button>}
                {account && kind !== "rehearsal" && <a class="button main" href={`/accounts/${account}`}>{t("done.journey")}</a>}
                {account && <a class="button" href={`/accounts/${account}/plan`}>{t("done.plan")}</a>}
                <a class="button plain" href={kind === "rehearsal" ? "/practice" : "/"}>{t(kind === "rehearsal" ? "done.practice" : "done.today")}</a>
            </p>
        </section>
    );
}
