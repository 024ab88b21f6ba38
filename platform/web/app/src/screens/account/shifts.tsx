// The shifting sands: what changed at the customer, newest first, each with the reason that was heard.
import { Waves } from "lucide-preact";
import type { JourneyChange } from "../../backend/schema";
import { Empty, Said } from "../../parts/bits";
import { t } from "../../words";
import { ChangeLine } from "../shifted";

export function Shifts({ changes }: { changes: JourneyChange[] }) {
    if (changes.length === 0) return <div class="card"><Empty icon={<Waves size={32} aria-hidden="true" />} title={t("shifts.none")} /></div>;
    return (
        <ol class="timeline">
            {[...changes].reverse().map((change, index) => (
                <li key={index}>
                    <p><ChangeLine change={change} /></p>
                    {change.why && change.why !== change.after && <blockquote class="quote small"><Said>“{change.why}”</Said></blockquote>}
                </li>
            ))}
        </ol>
    );
}
