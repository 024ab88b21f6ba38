// How long ago each part of each customer's journey was heard. A table: every cell says it in words too.
import type { AccountRisk } from "../../backend/schema";
import { Said, Section } from "../../parts/bits";
import { t, term } from "../../words";
import { reading_order } from "../account/reading_order";

interface Heard {
    days: number | null;
    fresh: boolean;
}

const rows_most = 15;

function look(heard: Heard | undefined): string {
    if (!heard || heard.days === null) return "f0";
    const very_fresh_days = 14;
    return heard.fresh ? (heard.days <= very_fresh_days ? "f1" : "f2") : "f3";
}

function words(heard: Heard | undefined): string {
    if (!heard || heard.days === null) return t("heat.never");
    return t(heard.fresh ? "heat.fresh" : "heat.stale", { n: heard.days });
}

export function HeatMap({ accounts }: { accounts: AccountRisk[] }) {
    const heard = accounts.filter((account) => (account.freshness?.heard ?? 0) > 0).slice(0, rows_most);
    if (heard.length === 0) return null;
    return (
        <Section id="heat" title={t("heat.title")}>
            <div class="card">
                <div class="scroll" tabIndex={0} role="group" aria-labelledby="heat">
                    <table class="heat">
                        <thead><tr><th scope="col">{t("palette.account")}</th>{reading_order.map((name) => <th key={name} scope="col">{term("short", name)}</th>)}</tr></thead>
                        <tbody>{heard.map((account) => (
                            <tr key={account.account}>
                                <th scope="row"><a href={`/accounts/${account.account}`}><Said>{account.name}</Said></a></th>
                                {reading_order.map((name) => {
                                    const one = account.freshness?.dimensions[name] as Heard | undefined;
                                    return <td key={name} class={look(one)}>{words(one)}</td>;
                                })}
                            </tr>
                        ))}</tbody>
                    </table>
                </div>
            </div>
        </Section>
    );
}
