// What a day begins with: the meeting that waits for its debrief, what comes next, what shifted, what needs a decision.
import { ArrowRight, CalendarDays, ClipboardList, MessageCircle, Repeat2, Split } from "lucide-preact";
import type { Conversation, StoredRecord } from "../backend/schema";
import { Empty, Head, Loading, NameOf, Said, Section } from "../parts/bits";
import { useEndedMeetings, useNextMeetings } from "../state/meetings";
import { text } from "../state/names";
import { info } from "../state/program";
import { useQuery } from "../state/query";
import { rich, t } from "../words";
import { moment } from "../words/dates";
import { Shifted } from "./shifted";
import { FirstSteps } from "./first_steps";

export function debriefLink(meeting: StoredRecord): string {
    return `/debrief/new?account=${text(meeting, "account")}&meeting=${meeting.id}`;
}

function NextDebrief({ meeting, begun }: { meeting: StoredRecord; begun: Conversation | undefined }) {
    return (
        <section class="card hero stack" aria-labelledby="next-debrief">
            <p class="small soft">{t("today.ended", { time: moment(text(meeting, "ends_at") || text(meeting, "at")) })}</p>
            <div>
                <h2 id="next-debrief"><NameOf table="account" id={text(meeting, "account")} /></h2>
                <p><Said>{text(meeting, "title")}</Said></p>
            </div>
            <p class="row">
                <a class="button main large" href={begun ? `/debrief/${begun.id}` : debriefLink(meeting)}><MessageCircle size={20} aria-hidden="true" />{t(begun ? "today.go_on_debrief" : "today.debrief_now")}</a>
                <span class="small soft">{begun ? t(`phase.${begun.state.phase}`) : t("today.takes")}</span>
            </p>
        </section>
    );
}

function OtherDebriefs({ meetings }: { meetings: StoredRecord[] }) {
    if (meetings.length === 0) return null;
    return (
        <Section id="more-debriefs" title={t("today.also_waiting")}>
            <ul class="list card">
                {meetings.map((meeting) => (
                    <li key={meeting.id} class="row apart">
                        <span class="grow">
                            <span class="strong"><NameOf table="account" id={text(meeting, "account")} /></span><br />
                            <span class="small soft"><Said>{text(meeting, "title")}</Said> · {moment(text(meeting, "at"))}</span>
                        </span>
                        <a class="button" href={debriefLink(meeting)}>{t("today.debrief")}<span class="visually-hidden"> <NameOf table="account" id={text(meeting, "account")} /></span></a>
                    </li>
                ))}
            </ul>
        </Section>
    );
}

function Unfinished({ talks }: { talks: Conversation[] }) {
    const open = talks.slice(0, 4);
    if (open.length === 0) return null;
    return (
        <Section id="unfinished" title={t("today.unfinished")}>
            <ul class="list card">
                {open.map((talk) => (
                    <li key={talk.id} class="row apart">
                        <span class="grow">
                            <span class="strong"><NameOf table="account" id={talk.account} /></span><br />
                            <span class="small soft">{talk.title && <><Said>{talk.title}</Said> · </>}{t(`phase.${talk.state.phase}`)}</span>
                        </span>
                        <a class="button" href={`/debrief/${talk.id}`}>{t("today.go_on")}<span class="visually-hidden"> <NameOf table="account" id={talk.account} /></span></a>
                    </li>
                ))}
            </ul>
        </Section>
    );
}

function Coming() {
    const meetings = useNextMeetings(5);
    return (
        <Section id="coming" title={t("today.coming")}>
            {meetings?.length === 0 ? (
                <p class="card quiet soft small">{t("today.none_coming")}</p>
            ) : (
                <ul class="list card">
                    {meetings?.map((meeting) => (
                        <li key={meeting.id}>
                            <a class="whole row apart" href={`/accounts/${text(meeting, "account")}/plan?meeting=${meeting.id}`}>
                                <CalendarDays size={20} aria-hidden="true" class="soft" />
                                <span class="grow">
                                    <span class="strong"><NameOf table="account" id={text(meeting, "account")} /></span><br />
                                    <span class="small soft">{moment(text(meeting, "at"))} · <Said>{text(meeting, "title")}</Said></span>
                                </span>
                                <span class="chip"><ClipboardList size={14} aria-hidden="true" />{t("plan.short")}</span>
                            </a>
                        </li>
                    ))}
                </ul>
            )}
        </Section>
    );
}

function Asked() {
    const conflicts = useQuery("conflict.list", {}).data?.conflicts.length ?? 0;
    const drills = useQuery("drill.due", {}, ["rehearsal_turn"]).data?.turns.length ?? 0;
    if (conflicts + drills === 0) return null;
    return (
        <ul class="stack tight">
            {conflicts > 0 && (
                <li><a class="button" href="/conflicts"><Split size={18} aria-hidden="true" />{t("today.conflicts", { n: conflicts })}<ArrowRight size={16} aria-hidden="true" /></a></li>
            )}
            {drills > 0 && (
                <li><a class="button" href="/practice"><Repeat2 size={18} aria-hidden="true" />{t("today.drills", { n: drills })}<ArrowRight size={16} aria-hidden="true" /></a></li>
            )}
        </ul>
    );
}

function greeting(): "today.morning" | "today.afternoon" | "today.evening" {
    const hour = new Date().getHours();
    return hour < 12 ? "today.morning" : hour < 18 ? "today.afternoon" : "today.evening";
}

export function Today() {
    const ended = useEndedMeetings();
    const open = (useQuery("chat.list", {}, ["room", "message"]).data?.conversations ?? []).filter((talk) => talk.kind === "debrief" && talk.state.phase !== "done");
    const accounts = useQuery("record.list", { table: "account", limit: 1 }, ["account"]).data?.records;
    if (!ended || !accounts) return <div class="page"><Loading /></div>;
    const first = info.value?.user_name?.split(" ")[0] ?? "";
    const [next, ...others] = ended;
    const begun = open.find((talk) => talk.meeting === next?.id);
    return (
        <div class="page">
            <Head title={rich(greeting(), { name: <Said>{first}</Said> })} />
            {accounts.length === 0 ? (
                <FirstSteps />
            ) : (
                <div class="columns">
                    <div class="stack wide">
                        {next ? <NextDebrief meeting={next} begun={begun} /> : (
                            <div class="card"><Empty icon={<MessageCircle size={32} aria-hidden="true" />} title={t("today.nothing_waits")}>
                                <p>{t("today.nothing_waits_next")}</p>
                                <a class="button main" href="/accounts">{t("today.choose_account")}</a>
                            </Empty></div>
                        )}
                        <Unfinished talks={open.filter((talk) => talk !== begun)} />
                        <OtherDebriefs meetings={others.filter((meeting) => !open.some((talk) => talk.meeting === meeting.id)).slice(0, 5)} />
                        <Shifted />
                    </div>
                    <div class="stack wide">
                        <Asked />
                        <Coming />
                    </div>
                </div>
            )}
        </div>
    );
}
