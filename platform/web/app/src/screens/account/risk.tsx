// Why this could end without a decision, what each reason rests on, and what would lower it. Points order; they are no probability.
import { Lightbulb } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Risk } from "../../backend/schema";
import { Said } from "../../parts/bits";
import { t } from "../../words";

const shown_first = 3;

export function RiskCard({ risk }: { risk: Risk }) {
    const [all, setAll] = useState(false);
    if (risk.reasons.length === 0) return null;
    return (
        <section class="card stack" aria-labelledby="risk">
            <div>
                <h2 id="risk">{t("risk.title")}</h2>
                <p class="tiny soft">{t("risk.points_note", { n: risk.score })}</p>
            </div>
            <ul class="list">
                {risk.reasons.slice(0, all ? undefined : shown_first).map((reason) => (
                    <li key={reason.code + reason.text} class="row top">
                        <span class="points" aria-label={t("risk.points", { n: reason.points })}>{reason.points}</span>
                        <span class="grow"><Said>{reason.text}</Said>{reason.lowers && <><br /><span class="small soft"><Lightbulb size={14} aria-hidden="true" /> <Said>{reason.lowers}</Said></span></>}</span>
                    </li>
                ))}
            </ul>
            {!all && risk.reasons.length > shown_first && <p><button class="button plain" type="button" onClick={() => setAll(true)}>{t("risk.all", { n: risk.reasons.length })}</button></p>}
        </section>
    );
}
