// How opportunities ended, in the customer's terms: bought, and no decision, each with the interval that the count allows.
import { useState } from "preact/hooks";
import type { OutcomeTally, Outcomes as Ended, Share } from "../../backend/schema";
import { Section } from "../../parts/bits";
import { number, t, type Key } from "../../words";
import { Chart, type Drawing } from "./chart";

type Group = "teams" | "products" | "quarters";
type Measure = "bought_share" | "no_decision_share_wide";

function nameOf(row: OutcomeTally, group: Group): string {
    const field = { teams: "name", products: "product", quarters: "quarter" }[group];
    const value = row[field];
    return typeof value === "string" && value ? value : t("outcomes.nameless");
}

export function shareWords(share: Share): string {
    if (!share) return t("outcomes.no_case");
    return t("outcomes.share", { percent: number(share.percent), low: number(share.low), high: number(share.high) });
}

/** A long name goes over two lines: an axis cuts what does not fit. */
function lines(name: string): string | string[] {
    const middle = name.indexOf(" ", name.length / 2 - 4);
    return name.length > 14 && middle > 0 ? [name.slice(0, middle), name.slice(middle + 1)] : name;
}

function One({ share, label }: { share: Share; label: string }) {
    return (
        <div>
            <dt>{label}</dt>
            <dd>{share ? t("percent", { value: number(share.percent) }) : "–"}</dd>
            {share && <dd>{t("outcomes.interval", { low: number(share.low), high: number(share.high), count: share.count, n: share.n })}{share.few && ` ${t("outcomes.few")}`}</dd>}
        </div>
    );
}

export function Outcomes({ outcomes }: { outcomes: Ended }) {
    const [group, setGroup] = useState<Group>("teams");
    const [measure, setMeasure] = useState<Measure>("bought_share");
    const total = outcomes.total;
    if (!total || total.n + total.open === 0) return null;
    const rows = (outcomes[group] ?? []).filter((row) => row[measure]);
    const draw = (colours: { series: string[]; line: string }): Drawing => ({
        type: "bar",
        data: {
            labels: rows.map((row) => lines(nameOf(row, group))),
            datasets: [
                { type: "bar", label: t("outcomes.range"), data: rows.map((row) => [row[measure]?.low ?? 0, row[measure]?.high ?? 0]), backgroundColor: `color-mix(in srgb, ${colours.series[0]} 30%, transparent)`, borderRadius: 6, borderSkipped: false, barThickness: 14 },
                { type: "scatter" as "bar", label: t(`measure.${measure}`), data: rows.map((row, index) => ({ x: row[measure]?.percent ?? 0, y: index })) as never, backgroundColor: colours.series[0], pointRadius: 5 } as never,
            ],
        },
        options: {
            indexAxis: "y", maintainAspectRatio: false, responsive: true,
            scales: { x: { min: 0, max: 100, ticks: { callback: (value: number | string) => `${value} %` } }, y: { grid: { display: false } } },
            plugins: { legend: { display: true, position: "bottom" } },
        },
    } as Drawing);
    const table = (
        <table>
            <thead><tr><th>{t(`group.${group}`)}</th><th class="figure">{t("outcomes.ended")}</th><th>{t("measure.bought_share")}</th><th>{t("measure.no_decision_share_wide")}</th></tr></thead>
            <tbody>{rows.map((row, index) => <tr key={index}><th scope="row"><bdi>{nameOf(row, group)}</bdi></th><td class="figure">{number(row.n)}</td><td>{shareWords(row.bought_share)}</td><td>{shareWords(row.no_decision_share_wide)}</td></tr>)}</tbody>
        </table>
    );
    return (
        <Section id="outcomes" title={t("outcomes.title")}>
            <div class="card stack">
                <dl class="tally">
                    <One share={total.bought_share} label={t("measure.bought_share")} />
                    <One share={total.no_decision_share} label={t("measure.no_decision_share")} />
                    <One share={total.no_decision_share_wide} label={t("measure.no_decision_share_wide")} />
                </dl>
                <p class="small soft">{(["bought", "elsewhere", "not_bought", "stayed", "undecided", "withdrew", "open"] as const).filter((key) => total[key] > 0).map((key) => t(`outcome.${key}` as Key, { n: total[key] })).join(" · ")}</p>
                <div class="row">
                    <fieldset class="segments"><legend class="visually-hidden">{t("outcomes.by")}</legend>{(["teams", "products", "quarters"] as const).map((one) => <label key={one}><input type="radio" name="group" checked={group === one} onChange={() => setGroup(one)} /><span>{t(`group.${one}`)}</span></label>)}</fieldset>
                    <fieldset class="segments"><legend class="visually-hidden">{t("outcomes.what")}</legend>{(["bought_share", "no_decision_share_wide"] as const).map((one) => <label key={one}><input type="radio" name="measure" checked={measure === one} onChange={() => setMeasure(one)} /><span>{t(`measure.${one}`)}</span></label>)}</fieldset>
                </div>
                <Chart label={t("outcomes.chart", { measure: t(`measure.${measure}`), group: t(`group.${group}`) })} height={70 + rows.length * 34} draw={draw} deps={[outcomes, group, measure]} table={table} />
            </div>
        </Section>
    );
}
