// What a manager looks at first: where no decision threatens and why, how fresh what we know is, how things ended, who needs help.
// A rep sees the same of the own customers.
import "./team.css";
import { Inbox, Lightbulb, Split, TrendingDown, TrendingUp, Users } from "lucide-preact";
import { useState } from "preact/hooks";
import type { AccountRisk, RepOverview } from "../../backend/schema";
import { Empty, Failure, Head, Loading, Said, Section } from "../../parts/bits";
import { info } from "../../state/program";
import { useQuery } from "../../state/query";
import { rich, t } from "../../words";
import { ago } from "../../words/dates";
import { Shifted } from "../shifted";
import { Evidence } from "./evidence";
import { FocusTrend } from "./focus_trend";
import { HeatMap } from "./heat_map";
import { Outcomes } from "./outcomes";

const accounts_most = 8;
const reasons_most = 3;

function Trend({ risk }: { risk: AccountRisk["risk"] }) {
    const before = risk.trend?.days_30;
    if (before === null || before === undefined || before === risk.score) return null;
    const up = risk.score > before;
    return <span class={`chip ${up ? "warn" : "good"}`}>{up ? <TrendingUp size={14} aria-hidden="true" /> : <TrendingDown size={14} aria-hidden="true" />}{t("team.trend", { before })}</span>;
}

function OneAccount({ one }: { one: AccountRisk }) {
    return (
        <li class="stack tight">
            <p class="row top">
                <span class="points" aria-label={t("risk.points", { n: one.risk.score })}>{one.risk.score}</span>
                <span class="grow"><a class="strong" href={`/accounts/${one.account}`}><Said>{one.name}</Said></a> <Trend risk={one.risk} /><br />
                    <span class="small soft">{one.rep && <><Said>{one.rep.name}</Said> · </>}{one.freshness?.last_heard ? t("journey.last_heard", { when: ago(one.freshness.last_heard) }) : t("heat.never")}</span></span>
            </p>
            <ul class="stack tight small">{one.risk.reasons.slice(0, reasons_most).map((reason) => (
                <li key={reason.code + reason.text}><Said>{reason.text}</Said>{reason.lowers && <span class="soft"> <Lightbulb size={13} aria-hidden="true" /> <Said>{reason.lowers}</Said></span>}<Evidence ids={reason.evidence} /></li>
            ))}</ul>
        </li>
    );
}

function AtRisk({ accounts }: { accounts: AccountRisk[] }) {
    const [all, setAll] = useState(false);
    const heard = accounts.filter((one) => (one.freshness?.heard ?? 0) > 0);
    const silent = accounts.length - heard.length;
    return (
        <Section id="at-risk" title={t("team.at_risk")} beside={<span class="tiny soft">{t("team.points_note")}</span>}>
            {heard.length === 0 ? <div class="card"><Empty icon={<Users size={32} aria-hidden="true" />} title={t("team.nothing_heard")} /></div> : (
                <ul class="list card">{heard.slice(0, all ? undefined : accounts_most).map((one) => <OneAccount key={one.account} one={one} />)}</ul>
            )}
            <p class="row small soft">{silent > 0 && t("team.silent", { n: silent })}{!all && heard.length > accounts_most && <button class="button" type="button" onClick={() => setAll(true)}>{t("team.show_all", { n: heard.length })}</button>}</p>
        </Section>
    );
}

function Help({ reps }: { reps: RepOverview[] }) {
    const needing = reps.filter((rep) => rep.help.length > 0);
    if (needing.length === 0) return null;
    return (
        <Section id="help" title={t("team.help")} beside={<a class="small" href="/coaching">{t("coaching.title")}</a>}>
            <ul class="list card">{needing.slice(0, 8).map((rep) => (
                <li key={rep.user} class="stack tight"><p class="strong"><Said>{rep.name}</Said></p><ul class="stack tight small">{rep.help.slice(0, 3).map((one) => <li key={one.text}>{one.account ? <a href={`/accounts/${one.account}`}><Said>{one.text}</Said></a> : <Said>{one.text}</Said>}</li>)}</ul></li>
            ))}</ul>
        </Section>
    );
}

export default function Team() {
    const read = useQuery("team.overview", {});
    const overview = read.data;
    const manager = info.value?.role !== "rep";
    if (read.error) return <div class="page"><Head title={t("nav.team")} /><Failure error={read.error} again={read.again} /></div>;
    if (!overview) return <div class="page"><Loading /></div>;
    const conflicts = overview.accounts.filter((one) => (one.conflicts?.length ?? 0) > 0);
    return (
        <div class="page">
            <Head title={t(manager ? "team.title" : "team.title_rep")}><a class="button" href="/coaching">{t("coaching.title")}</a></Head>
            <div class="stack wide">
                <div class="columns">
                    <AtRisk accounts={overview.accounts} />
                    <div class="stack wide">
                        {overview.handover.length > 0 && (
                            <Section id="handover" title={t("admin.handover")}>
                                <ul class="list card">{overview.handover.map((one) => <li key={one.account + one.by.id} class="row"><Inbox size={18} aria-hidden="true" /><span class="grow">{rich("team.handover", { n: one.changes, name: <Said>{one.by.name}</Said>, account: <Said>{one.name ?? "…"}</Said> })}</span></li>)}</ul>
                            </Section>
                        )}
                        {conflicts.length > 0 && <p><a class="button" href="/conflicts"><Split size={18} aria-hidden="true" />{t("today.conflicts", { n: conflicts.reduce((sum, one) => sum + (one.conflicts?.length ?? 0), 0) })}</a></p>}
                        <Shifted />
                        <Help reps={overview.reps} />
                    </div>
                </div>
                <HeatMap accounts={overview.accounts} />
                <FocusTrend reps={overview.reps} />
                <Outcomes outcomes={overview.outcomes} />
            </div>
        </div>
    );
}
