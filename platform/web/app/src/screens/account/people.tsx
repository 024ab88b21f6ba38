// Who is for it, who is not, and how much say they have. Stance comes from what was heard; the say is guessed from the role
// and from who reports to whom, and says so.
import { History, UserPlus } from "lucide-preact";
import type { JourneyChange, Person, StanceName } from "../../backend/schema";
import { Empty, Said } from "../../parts/bits";
import { rich, t, term } from "../../words";
import { civil } from "../../words/dates";

const stances: readonly StanceName[] = ["blocker", "skeptic", "neutral", "supporter", "champion"];
const levels = [3, 2, 1] as const;
type Level = (typeof levels)[number];

const top_roles = /\b(chief|c[eftio]o|president|managing director|owner|founder|board|partner|vp|vice president|geschäftsführer\w*|vorst[aä]nd\w*|inhaber\w*)\b/i;
const middle_roles = /\b(head|director|lead|manager|chair|officer|leiter\w*|leitung|direktor\w*|teamlead)\b|leiter|leitung/i;

function levelOf(person: Person, everybody: Person[]): Level {
    const reports = everybody.some((other) => other.relations.some((relation) => relation.kind === "reports_to" && relation.to === person.name));
    if (top_roles.test(person.role)) return 3;
    if (middle_roles.test(person.role) || reports) return 2;
    return 1;
}

function OnePerson({ person, change, practise }: { person: Person; change: JourneyChange | undefined; practise: boolean }) {
    return (
        <div class="person">
            <span class="strong"><Said>{person.name}</Said></span>
            {person.role && <span class="tiny soft"><Said>{person.role}</Said></span>}
            {!person.confirmed && <span class="chip hollow">{t("people.not_confirmed")}</span>}
            {change?.before && <span class="chip warn nowrap"><History size={13} aria-hidden="true" />{t("people.was", { stance: term("stance", change.before) })}</span>}
            {change && <span class="tiny soft">{t("people.since", { day: civil(change.on) })}</span>}
            {person.relations.map((relation) => (
                <span key={relation.kind + relation.to} class="tiny soft">{rich(relation.kind === "reports_to" ? "people.reports_to" : relation.kind === "disagrees_with" ? "people.disagrees_with" : "people.related", { name: <Said>{relation.to}</Said> })}</span>
            ))}
            <span class="tiny soft">{t("people.evidence", { n: person.evidence.length })}</span>
            {practise && <a class="tiny" href={`/rehearsal/new?contact=${person.id}`}>{t("people.rehearse")}<span class="visually-hidden">: <Said>{person.name}</Said></span></a>}
        </div>
    );
}

export function People({ people, changes, add, now }: { people: Person[]; changes: JourneyChange[]; add: () => void; now: boolean }) {
    if (people.length === 0) {
        return <div class="card"><Empty icon={<UserPlus size={32} aria-hidden="true" />} title={t("people.none")}><button class="button main" type="button" onClick={add}>{t("people.add")}</button></Empty></div>;
    }
    const latest = new Map(changes.filter((change) => change.kind === "stance" && change.person).map((change) => [change.person?.id, change]));
    const unheard = people.filter((person) => person.stance === "unknown");
    return (
        <div class="stack">
            <div class="people" role="group" aria-label={t("people.map")}>
                <span class="axis" aria-hidden="true" />
                {stances.map((stance) => <span key={stance} class="axis" aria-hidden="true">{term("stance", stance)}</span>)}
                {levels.map((level) => [
                    <span key={level} class="axis" aria-hidden="true">{t(`people.level_${level}`)}</span>,
                    ...stances.map((stance) => {
                        const here = people.filter((person) => person.stance === stance && levelOf(person, people) === level);
                        return (
                            <div key={`${level}${stance}`} class={`cell ${here.length === 0 ? "none" : ""}`}>
                                {here.length > 0 && <p class="where">{term("stance", stance)} · {t(`people.level_${level}`)}</p>}
                                {here.map((person) => <OnePerson key={person.id} person={person} change={latest.get(person.id)} practise={now} />)}
                            </div>
                        );
                    }),
                ])}
            </div>
            <p class="tiny soft">{t("people.say_note")}</p>
            {unheard.length > 0 && (
                <div class="card stack tight">
                    <h3>{t("people.unheard")}</h3>
                    <ul class="cards">{unheard.map((person) => <li key={person.id}><OnePerson person={person} change={latest.get(person.id)} practise={now} /></li>)}</ul>
                </div>
            )}
            {now && <p><button class="button" type="button" onClick={add}><UserPlus size={18} aria-hidden="true" />{t("people.add")}</button></p>}
        </div>
    );
}
