// Whose world each rep talks about, month by month, as far as their own devices have shared it.
import type { RepOverview } from "../../backend/schema";
import { Section } from "../../parts/bits";
import { number, t } from "../../words";
import { civil } from "../../words/dates";
import { Chart, type Drawing } from "./chart";

const reps_most = 6; // More lines than colours tell nothing.

export function FocusTrend({ reps }: { reps: RepOverview[] }) {
    const told = reps.filter((rep) => rep.focus_trend.length > 0);
    if (told.length === 0) return null;
    const months = [...new Set(told.flatMap((rep) => rep.focus_trend.map((month) => month.from.slice(0, 7))))].sort();
    const shown = told.slice(0, reps_most);
    const of = (rep: RepOverview, month: string) => rep.focus_trend.find((one) => one.from.startsWith(month))?.customer ?? null;
    const draw = (colours: { series: string[] }): Drawing => ({
        type: "line",
        data: {
            labels: months.map((month) => civil(month)),
            datasets: shown.map((rep, index) => ({ label: rep.name, data: months.map((month) => of(rep, month)), borderColor: colours.series[index], backgroundColor: colours.series[index], spanGaps: true, tension: 0.25, pointStyle: (["circle", "rect", "triangle", "rectRot", "cross", "star"] as const)[index], pointRadius: 5 })),
        },
        options: { maintainAspectRatio: false, responsive: true, scales: { y: { min: 0, max: 100, ticks: { callback: (value: number | string) => `${value} %` } } }, plugins: { legend: { position: "bottom" } } },
    });
    const table = (
        <table>
            <thead><tr><th>{t("role.rep")}</th>{months.map((month) => <th key={month} class="figure">{civil(month)}</th>)}</tr></thead>
            <tbody>{told.map((rep) => <tr key={rep.user}><th scope="row"><bdi>{rep.name}</bdi></th>{months.map((month) => { const value = of(rep, month); return <td key={month} class="figure">{value === null ? "–" : t("percent", { value: number(value) })}</td>; })}</tr>)}</tbody>
        </table>
    );
    return (
        <Section id="focus" title={t("team.focus")}>
            <div class="card stack"><p class="small soft">{t("team.focus_note")}</p><Chart label={t("team.focus")} height={260} draw={draw} deps={[reps]} table={table} /></div>
        </Section>
    );
}
