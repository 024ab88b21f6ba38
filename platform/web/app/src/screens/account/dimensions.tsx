// The buying journey as a picture: nine stops of the customer's way to a decision, how fresh each is, and whose words it rests on.
import { Circle, CircleCheck, CircleHelp, Hourglass, Split } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Dimension, Item, Journey } from "../../backend/schema";
import { Said, Section, Words } from "../../parts/bits";
import { t, term } from "../../words";
import { ago, civil } from "../../words/dates";
import { reading_order } from "./reading_order";

const icons = { known: CircleCheck, stale: Hourglass, conflict: Split, unknown: CircleHelp, empty: Circle };
const nothing: Dimension = { status: "empty", since: null, last_confirmed: null, items: [] };
const fades_days = 120; // The bar of freshness is empty then; what counts as stale the program decides.

function Freshness({ dimension }: { dimension: Dimension }) {
    if (!dimension.last_confirmed) return null;
    const days = Math.max(0, (Date.now() - Date.parse(dimension.last_confirmed)) / 86_400_000);
    const left = Math.max(4, Math.round(84 * (1 - days / fades_days)));
    return (
        <span class="row small soft">
            <svg class={`fresh ${dimension.status}`} viewBox="0 0 84 8" aria-hidden="true"><rect width={left} height="8" rx="4" /></svg>
            <span>{t("journey.last_heard", { when: ago(dimension.last_confirmed) })}</span>
        </span>
    );
}

function Fact({ item }: { item: Item }) {
    const old = item.state === "superseded" || item.state === "withdrawn";
    const quote = item.source?.quote;
    return (
        <li class={`stack tight ${old ? "old" : ""}`} id={`fact-${item.id}`}>
            <Words>{item.text}</Words>
            {quote && quote !== item.text && <blockquote class="quote small"><Said>“{quote}”</Said></blockquote>}
            <p class="tiny soft">
                {item.person && <><Said>{item.person.name}</Said> · </>}{civil(item.said_on)} · {t("journey.told_by")} <Said>{item.by.name}</Said>
                {item.dates.map((date) => <span key={date.text}> · <Said>{date.text}</Said> = {civil(date.value)}</span>)}
                {item.state !== "confirmed" && <> · {term("state", item.state)}</>}
                {item.source?.because && <> · {t("journey.because")} <Said>“{item.source.because}”</Said></>}
            </p>
        </li>
    );
}

/** What was answered before; drawn when it is opened. */
function Before({ items }: { items: Item[] }) {
    const [open, setOpen] = useState(false);
    return (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>{t("journey.before", { n: items.length })}</summary>
            {open && <ul class="facts">{items.map((item) => <Fact key={item.id} item={item} />)}</ul>}
        </details>
    );
}

const facts_first = 4; // A wall of words tells less than the newest few; the rest is one press away.

function OneDimension({ name, dimension }: { name: string; dimension: Dimension }) {
    const [all, setAll] = useState(false);
    const current = dimension.items.filter((item) => item.state === "confirmed" || item.state === "proposed");
    const old = dimension.items.filter((item) => item.state === "superseded" || item.state === "withdrawn");
    const Icon = icons[dimension.status];
    const kind = { known: "good", stale: "warn", conflict: "bad", unknown: "calm", empty: "hollow" }[dimension.status];
    return (
        <section class="card dimension" id={`d-${name}`} aria-labelledby={`h-${name}`} tabIndex={-1}>
            <div class="row apart">
                <h3 id={`h-${name}`}>{term("dimension", name)}</h3>
                <span class={`chip ${kind}`}><Icon size={14} aria-hidden="true" />{term("status", dimension.status)}</span>
            </div>
            <Freshness dimension={dimension} />
            {current.length > 0 && <ul class="facts">{current.slice(0, all ? undefined : facts_first).map((item) => <Fact key={item.id} item={item} />)}</ul>}
            {!all && current.length > facts_first && <p><button class="button plain" type="button" onClick={() => setAll(true)}>{t("journey.all", { n: current.length })}</button></p>}
            {current.length === 0 && <p class="small soft">{t("journey.ask_next")}</p>}
            {old.length > 0 && (
                <Before items={old} />
            )}
        </section>
    );
}

function goTo(event: Event, name: string): void {
    event.preventDefault();
    const card = document.getElementById(`d-${name}`);
    card?.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth", block: "start" });
    card?.focus({ preventScroll: true });
}

export function Picture({ journey }: { journey: Journey }) {
    return (
        <ol class="path card" aria-label={t("journey.picture")}>
            {reading_order.map((name) => {
                const dimension = journey.dimensions[name] ?? nothing;
                const { status } = dimension as Dimension;
                const Icon = icons[status];
                return (
                    <li key={name}>
                        <a href={`#d-${name}`} onClick={(event) => goTo(event, name)}>
                            <span class={`stop ${status}`}><Icon size={24} aria-hidden="true" /></span>
                            <span class="label strong">{term("short", name)}</span>
                            <span class="soft">{term("status", status)}</span>
                        </a>
                    </li>
                );
            })}
        </ol>
    );
}

export function Dimensions({ journey }: { journey: Journey }) {
    return (
        <div class="stack wide">
            <div class="flow">
                {reading_order.map((name) => <OneDimension key={name} name={name} dimension={(journey.dimensions[name] as Dimension | undefined) ?? nothing} />)}
            </div>
            {journey.unknowns.length > 0 && (
                <Section id="unknowns" title={t("journey.unknowns")}>
                    <ul class="list card">
                        {journey.unknowns.map((unknown) => (
                            <li key={unknown.id}><Said>{unknown.text}</Said><br /><span class="tiny soft">{term("dimension", unknown.dimension)}{unknown.since && <> · {t("journey.open_since", { day: civil(unknown.since) })}</>}</span></li>
                        ))}
                    </ul>
                </Section>
            )}
        </div>
    );
}
