// Coaching starts from what the rep wants to achieve. A rep sees the own goals, the own focus and who reads them; a manager
// also whom they coach, and where they are needed most.
import { Goal as GoalIcon, MessagesSquare, Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../backend/backend";
import type { CoachedRep, Goal } from "../backend/schema";
import { Empty, Failure, Head, Loading, Said, Section } from "../parts/bits";
import { FocusBar } from "../parts/focus_bar";
import { did } from "../parts/changes";
import { call } from "../state/program";
import { useQuery } from "../state/query";
import { rich, t } from "../words";
import { civil } from "../words/dates";

function OwnGoal({ goal }: { goal: Goal }) {
    return (
        <li class="row apart">
            <span class="grow"><Said>{goal.text}</Said><br /><span class="tiny soft">{goal.shared ? t("goals.shared") : t("goals.private")}{goal.done && <> · {t("goals.reached")}</>}</span></span>
            <span class="row">
                <button class="button plain" type="button" onClick={() => void call("goal.share", { goal: goal.id, shared: !goal.shared })}>{t(goal.shared ? "goals.unshare" : "goals.share")}<span class="visually-hidden">: <Said>{goal.text}</Said></span></button>
                <button class="button plain" type="button" onClick={() => void call("goal.done", { goal: goal.id, done: !goal.done })}>{t(goal.done ? "goals.open_again" : "goals.reach")}<span class="visually-hidden">: <Said>{goal.text}</Said></span></button>
            </span>
        </li>
    );
}

function Goals() {
    const goals = useQuery("goal.list", {}, ["goal"]);
    const [words, setWords] = useState("");
    const [failed, setFailed] = useState<RpcError | null>(null);
    const add = async (event: Event) => {
        event.preventDefault();
        if (!words.trim()) return;
        try {
            const { act } = await call("record.put", { table: "goal", fields: { text: words.trim() } });
            setWords("");
            did(t("added"), act);
            goals.again();
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        }
    };
    return (
        <Section id="goals" title={t("goals.title")}>
            <div class="card stack">
                <p class="small soft">{t("goals.note")}</p>
                {goals.data && goals.data.own.length > 0 && <ul class="list">{goals.data.own.map((goal) => <OwnGoal key={goal.id} goal={goal} />)}</ul>}
                <form class="row" onSubmit={add}>
                    <div class="field grow"><label for="goal">{t("goals.new")}</label><input id="goal" type="text" value={words} onInput={(event) => setWords(event.currentTarget.value)} /></div>
                    <button class="button" type="submit"><Plus size={17} aria-hidden="true" />{t("goals.add")}</button>
                </form>
                {failed && <Failure error={failed} />}
            </div>
        </Section>
    );
}

function OneRep({ rep }: { rep: CoachedRep }) {
    return (
        <li class="card stack">
            <div class="row apart">
                <h3><Said>{rep.name}</Said></h3>
                <a class="button main" href={`/coaching/talk/new?rep=${rep.user}`}><MessagesSquare size={18} aria-hidden="true" />{t("coaching.one_to_one")}<span class="visually-hidden">: <Said>{rep.name}</Said></span></a>
            </div>
            {rep.goals.length > 0 && <div><p class="small strong">{t("coaching.wants")}</p><ul class="small">{rep.goals.map((goal) => <li key={goal.id}><Said>{goal.text}</Said></li>)}</ul></div>}
            {rep.needs.length > 0 && <div><p class="small strong">{t("coaching.needed")}</p><ul class="stack tight small">{rep.needs.slice(0, 3).map((need) => <li key={need.account}><a href={`/accounts/${need.account}`}><Said>{need.name}</Said></a>{need.reasons[0] && <>: <Said>{need.reasons[0].text}</Said></>}</li>)}</ul></div>}
            {rep.promises.length > 0 && <div><p class="small strong">{t("coaching.promised")}</p><ul class="small">{rep.promises.map((one) => <li key={one.id}><Said>{one.text}</Said>{one.due && <span class="soft"> · {civil(one.due)}</span>}</li>)}</ul></div>}
        </li>
    );
}

export default function Coaching() {
    const coached = useQuery("coaching.list", {});
    const focus = useQuery("focus.get", {}).data;
    const month = focus?.months.at(-1);
    return (
        <div class="page narrow">
            <Head title={t("coaching.title")} />
            <div class="stack wide">
                {coached.error && <Failure error={coached.error} />}
                {coached.data && coached.data.reps.length > 0 && <Section id="reps" title={t("coaching.reps")}><ul class="stack">{coached.data.reps.map((rep) => <OneRep key={rep.user} rep={rep} />)}</ul></Section>}
                <Goals />
                {!focus ? <Loading /> : (
                    <Section id="own-focus" title={t("coaching.own_focus")}>
                        <div class="card stack">
                            {month ? <><p class="small soft">{civil(month.from.slice(0, 7))}</p><FocusBar focus={month} /></> : <Empty icon={<GoalIcon size={28} aria-hidden="true" />} title={t("coaching.no_focus")} />}
                            {focus.shared_with.length > 0 && <p class="small soft">{rich("coaching.read_by", { names: <Said>{focus.shared_with.map((one) => one.name).join(", ")}</Said> })}</p>}
                            {focus.effect.enough && <p class="small"><Said>{focus.effect.text}</Said></p>}
                        </div>
                    </Section>
                )}
                {coached.data && coached.data.received.length > 0 && (
                    <Section id="notes" title={t("coaching.notes")}><ul class="list card">{coached.data.received.map((note) => <li key={note.id}><Said>{note.text}</Said><br /><span class="tiny soft">{note.by && <Said>{note.by.name}</Said>}{note.on && <> · {civil(note.on)}</>}</span></li>)}</ul></Section>
                )}
            </div>
        </div>
    );
}
