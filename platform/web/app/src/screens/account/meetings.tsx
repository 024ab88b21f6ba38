// Meetings of an account and the conversations about it.
import { MessagesSquare, Plus } from "lucide-preact";
import type { Conversation } from "../../backend/schema";
import { Said, Section } from "../../parts/bits";
import { text } from "../../state/names";
import { useQuery } from "../../state/query";
import { t } from "../../words";
import { civil, moment } from "../../words/dates";
import { home_of } from "../talk/homes";

function OneTalk({ talk }: { talk: Conversation }) {
    return (
        <li>
            <a class="whole row apart" href={`${home_of[talk.kind]}/${talk.id}`}>
                <span class="grow"><span class="strong">{t(`kind.${talk.kind}`)}</span>{talk.title && <> · <Said>{talk.title}</Said></>}<br />
                    <span class="small soft">{talk.started_at && moment(talk.started_at)}</span></span>
                <span class={`chip ${talk.state.phase === "done" ? "good" : "warn"}`}>{t(`phase.${talk.state.phase}`)}</span>
            </a>
        </li>
    );
}

const opportunities_most = 5;

/** Those that are open: how one ended is a debrief of its own, in the customer's terms. */
function Opportunities({ account }: { account: string }) {
    const open = useQuery("record.list", { table: "opportunity", where: { account, outcome: "open" }, order: "-engaged_on", limit: opportunities_most }, ["opportunity"]).data?.records ?? [];
    if (open.length === 0) return null;
    return (
        <Section id="opportunities" title={t("opportunities.title")}>
            <ul class="list card">
                {open.map((one) => (
                    <li key={one.id} class="row apart">
                        <span class="grow"><span class="strong"><Said>{text(one, "name") || text(one, "product") || t("table.opportunity")}</Said></span>{text(one, "engaged_on") && <><br /><span class="small soft">{t("opportunities.since", { day: civil(text(one, "engaged_on")) })}</span></>}</span>
                        <a class="button" href={`/debrief/new?account=${account}&opportunity=${one.id}&ending=1`}>{t("opportunities.ended")}<span class="visually-hidden">: <Said>{text(one, "name") || text(one, "product")}</Said></span></a>
                    </li>
                ))}
            </ul>
        </Section>
    );
}

export function Meetings({ account, add }: { account: string; add: () => void }) {
    const meetings = useQuery("record.list", { table: "meeting", where: { account }, order: "-at", limit: 100 }, ["meeting"]).data?.records ?? [];
    const talks = (useQuery("chat.list", {}, ["room"]).data?.conversations ?? []).filter((talk) => talk.account === account);
    const now = Date.now();
    return (
        <div class="both">
            <Section id="meetings" title={t("meetings.title")} beside={<button class="button" type="button" onClick={add}><Plus size={16} aria-hidden="true" />{t("meetings.add")}</button>}>
                {meetings.length === 0 ? <p class="card quiet small soft">{t("meetings.none")}</p> : (
                    <ul class="list card">
                        {meetings.map((meeting) => {
                            const over = Date.parse(text(meeting, "at")) < now;
                            return (
                                <li key={meeting.id} class="row apart">
                                    <span class="grow"><span class="strong"><Said>{text(meeting, "title") || t("meetings.untitled")}</Said></span><br /><span class="small soft">{moment(text(meeting, "at"))}</span></span>
                                    {!over ? <a class="button" href={`/accounts/${account}/plan?meeting=${meeting.id}`}>{t("plan.short")}</a>
                                        : meeting.debriefed === true ? <span class="chip good">{t("meetings.debriefed")}</span>
                                            : <a class="button" href={`/debrief/new?account=${account}&meeting=${meeting.id}`}>{t("today.debrief")}</a>}
                                </li>
                            );
                        })}
                    </ul>
                )}
            </Section>
            <div class="stack wide">
            <Opportunities account={account} />
            <Section id="talks" title={t("meetings.talks")}>
                {talks.length === 0 ? <p class="card quiet small soft row"><MessagesSquare size={18} aria-hidden="true" />{t("meetings.talks_none")}</p> : <ul class="list card">{talks.map((talk) => <OneTalk key={talk.id} talk={talk} />)}</ul>}
            </Section>
            </div>
        </div>
    );
}
