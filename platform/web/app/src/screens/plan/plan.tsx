// The call plan: what the customer wants, what to ask whom and why, what they promised, what they may ask. To edit and to print.
import "./plan.css";
import { CalendarPlus, ClipboardCheck, Pencil, Plus, Printer } from "lucide-preact";
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import type { Plan as CallPlan } from "../../backend/schema";
import { Failure, Head, Loading, Said, Section, Words } from "../../parts/bits";
import { FocusBar } from "../../parts/focus_bar";
import { download } from "../../parts/download";
import { did } from "../../parts/changes";
import { text, useName, useRecord } from "../../state/names";
import { call } from "../../state/program";
import { useQuery } from "../../state/query";
import { rich, t, term } from "../../words";
import { civil, moment } from "../../words/dates";
import { Question, QuestionForm } from "./question";
import { putAnswer, putObjective } from "./writing";

const tables = ["call_plan", "plan_question", "contingency", "observation", "commitment", "meeting", "contact"];

function Objective({ account, plan }: { account: string; plan: CallPlan }) {
    const [editing, setEditing] = useState<string | null>(null);
    const save = async (event: Event) => {
        event.preventDefault();
        await putObjective(account, plan, (editing ?? "").trim(), t("saved"));
        setEditing(null);
    };
    return (
        <section class="card hero stack tight" aria-labelledby="objective">
            <h2 id="objective">{t("plan.objective")}</h2>
            {editing === null ? (
                <>
                    <Words>{plan.objective || t("plan.objective_none")}</Words>
                    <p class="no-print"><button class="button plain" type="button" onClick={() => setEditing(plan.objective)}><Pencil size={16} aria-hidden="true" />{t("edit")}<span class="visually-hidden">: {t("plan.objective")}</span></button></p>
                </>
            ) : (
                <form class="stack tight" onSubmit={save}>
                    <label class="visually-hidden" for="objective-text">{t("plan.objective")}</label>
                    <textarea id="objective-text" rows={3} dir="auto" value={editing} onInput={(event) => setEditing(event.currentTarget.value)} />
                    <p class="row"><button class="button main" type="submit">{t("save")}</button><button class="button plain" type="button" onClick={() => setEditing(null)}>{t("cancel")}</button></p>
                </form>
            )}
        </section>
    );
}

function HardQuestion({ account, plan, one }: { account: string; plan: CallPlan; one: CallPlan["contingencies"][number] }) {
    const [answer, setAnswer] = useState<string | null>(null);
    const save = async (event: Event) => {
        event.preventDefault();
        await putAnswer(account, plan, one, (answer ?? "").trim(), t("saved"));
        setAnswer(null);
    };
    return (
        <li class="stack tight">
            <p>{one.from && <span class="strong"><Said>{one.from.name}</Said>: </span>}<Said>{one.question}</Said></p>
            {answer === null ? (
                <>
                    {one.answer && <Words class="small soft">{one.answer}</Words>}
                    <p class="no-print"><button class="button plain" type="button" onClick={() => setAnswer(one.answer)}><Pencil size={16} aria-hidden="true" />{t(one.answer ? "plan.edit_answer" : "plan.add_answer")}<span class="visually-hidden">: <Said>{one.question}</Said></span></button></p>
                </>
            ) : (
                <form class="stack tight" onSubmit={save}>
                    <label class="small strong" for={`a-${one.id}`}>{t("plan.your_answer")}</label>
                    <textarea id={`a-${one.id}`} rows={2} dir="auto" value={answer} onInput={(event) => setAnswer(event.currentTarget.value)} />
                    <p class="row"><button class="button main" type="submit">{t("save")}</button><button class="button plain" type="button" onClick={() => setAnswer(null)}>{t("cancel")}</button></p>
                </form>
            )}
        </li>
    );
}

export default function Plan() {
    const { params, query } = useRoute();
    const account = params.account ?? "";
    const meeting = query.meeting;
    const name = useName("account", account);
    const stored = useRecord("meeting", meeting);
    const read = useQuery("plan.get", { account, ...(meeting ? { meeting } : {}) }, tables);
    const people = useQuery("record.list", { table: "contact", where: { account }, order: "name", limit: 200 }, ["contact"]).data?.records ?? [];
    const [adding, setAdding] = useState(false);
    const plan = read.data;
    if (read.error) return <div class="page"><Head title={t("plan.title")} /><Failure error={read.error} again={read.again} /></div>;
    if (!plan) return <div class="page"><Loading /></div>;
    const questions = plan.questions.filter((question) => question.status !== "dropped");
    const add = async (words: { text: string; to: string }) => {
        const { act } = await call("record.put", { table: "plan_question", fields: { account, plan: plan.id, text: words.text, status: "open", edited: true, ...(words.to ? { to: words.to } : {}) } });
        did(t("added"), act);
        setAdding(false);
    };
    return (
        <div class="page">
            <Head title={rich("plan.of", { name: <Said>{name}</Said> })}
                over={<><a class="crumb" href={`/accounts/${account}`}><Said>{name}</Said></a>{plan.meeting && <> · <Said>{plan.meeting.title}</Said> · {stored ? moment(text(stored, "at")) : civil(plan.meeting.on)}</>}</>}>
                <button class="button main" type="button" onClick={() => print()}><Printer size={18} aria-hidden="true" />{t("plan.print")}</button>
                {plan.calendar && <button class="button" type="button" onClick={() => download("plan.ics", "text/calendar", plan.calendar ?? "")}><CalendarPlus size={18} aria-hidden="true" />{t("plan.calendar")}</button>}
                <a class="button" href={`/review/new?account=${account}&kind=plan_review`}><ClipboardCheck size={18} aria-hidden="true" />{t("plan.review")}</a>
            </Head>
            <div class="columns">
                <div class="stack wide">
                    <Objective account={account} plan={plan} />
                    <Section id="questions" title={t("plan.to_ask")} beside={<button class="button no-print" type="button" onClick={() => setAdding(true)}><Plus size={16} aria-hidden="true" />{t("plan.add_question")}</button>}>
                        <ol class="list card questions">
                            {questions.map((question) => <Question key={question.id} account={account} plan={plan} question={question} people={people} />)}
                            {adding && <li><QuestionForm id="new" start={{ text: "", to: "" }} people={people} save={add} cancel={() => setAdding(false)} /></li>}
                            {questions.length === 0 && !adding && <li class="soft small">{t("plan.nothing_to_ask")}</li>}
                        </ol>
                    </Section>
                </div>
                <div class="stack wide">
                    {(plan.focus || plan.findings.length > 0) && (
                        <section class="card stack" aria-labelledby="plan-focus">
                            <h2 id="plan-focus">{t("plan.focus")}</h2>
                            {plan.focus && <FocusBar focus={plan.focus} />}
                            {plan.findings.length > 0 && <ul class="list small">{plan.findings.map((finding) => <li key={finding.code + finding.text}><Said>{finding.text}</Said></li>)}</ul>}
                        </section>
                    )}
                    {plan.commitments_due.length > 0 && (
                        <Section id="due" title={t("plan.due")}>
                            <ul class="list card">{plan.commitments_due.map((one) => (
                                <li key={one.id}><span class={`chip ${one.state === "overdue" ? "warn" : "calm"}`}>{term("commitment", one.state)}</span> <Said>{one.text}</Said><br />
                                    <span class="small soft">{one.owner && <Said>{one.owner.name}</Said>}{one.due && <> · {t("together.due", { day: civil(one.due) })}</>}</span></li>
                            ))}</ul>
                        </Section>
                    )}
                    {plan.contingencies.length > 0 && (
                        <Section id="hard" title={t("plan.they_may_ask")} beside={<a class="button no-print" href={`/practice?account=${account}`}>{t("plan.practise")}</a>}>
                            <ul class="list card">{plan.contingencies.map((one) => <HardQuestion key={one.id} account={account} plan={plan} one={one} />)}</ul>
                        </Section>
                    )}
                </div>
            </div>
        </div>
    );
}
