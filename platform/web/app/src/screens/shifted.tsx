// What shifted at customers this week, as the journey tells it.
import { ArrowRight } from "lucide-preact";
import type { JourneyChange, Shifted as ShiftedAccount } from "../backend/schema";
import { Said, Section } from "../parts/bits";
import { useQuery } from "../state/query";
import { t, term } from "../words";
import { civil } from "../words/dates";

const accounts_most = 4;
const changes_most = 3;

/** One change, as a sentence: what was, what is. */
export function ChangeLine({ change }: { change: JourneyChange }) {
    const what = change.kind === "stance" || change.kind.startsWith("person")
        ? term("change", change.kind) : term("dimension", change.dimension);
    const word = (value: string) => (change.kind === "stance" ? term("stance", value) : change.kind === "commitment" ? term("commitment", value) : value);
    return (
        <>
            <span class="tiny soft strong">{civil(change.on)} · {what}</span>
            <br />
            {change.person && change.kind === "stance" && <><Said>{change.person.name}</Said>: </>}
            {change.before && <span class="soft"><Said>{word(change.before)}</Said> <ArrowRight class="turn" size={14} aria-label={t("change.becomes")} /> </span>}
            <span><Said>{change.after ? word(change.after) : term("change", change.kind)}</Said></span>
        </>
    );
}

function OneAccount({ account }: { account: ShiftedAccount }) {
    const newest = [...account.changes].reverse().slice(0, changes_most);
    const more = account.changes.length - newest.length;
    return (
        <li class="stack tight">
            <a class="strong" href={`/accounts/${account.account}?tab=shifts`}><Said>{account.name}</Said></a>
            <ul class="stack tight small">
                {newest.map((change, index) => <li key={index}><ChangeLine change={change} /></li>)}
            </ul>
            {more > 0 && <p class="tiny soft">{t("shifted.more", { n: more })}</p>}
        </li>
    );
}

export function Shifted() {
    const overview = useQuery("team.overview", {}).data;
    if (!overview) return null;
    return (
        <Section id="shifted" title={t("today.shifted")}>
            {overview.shifted.length === 0 ? (
                <p class="card quiet soft small">{t("today.nothing_shifted")}</p>
            ) : (
                <ul class="list card">
                    {overview.shifted.slice(0, accounts_most).map((account) => <OneAccount key={account.account} account={account} />)}
                </ul>
            )}
        </Section>
    );
}
