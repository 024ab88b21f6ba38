// Back in time: the journey as it stood after any day on which something shifted.
import { History } from "lucide-preact";
import type { JourneyChange } from "../../backend/schema";
import { t } from "../../words";
import { civil } from "../../words/dates";

interface Props {
    changes: JourneyChange[];
    /** The chosen day; null is now. */
    at: string | null;
    choose(at: string | null): void;
}

export function TimeSlider({ changes, at, choose }: Props) {
    const days = [...new Set(changes.map((change) => change.on))].filter((day) => /^\d{4}-\d\d-\d\d$/.test(day)).sort();
    if (days.length < 2) return null;
    const last = days.length;
    const position = at === null ? last : Math.max(0, days.indexOf(at));
    const words = at === null ? t("time.now") : t("time.as_of", { day: civil(at) });
    return (
        <div class="card quiet time">
            <label for="time" class="row small strong"><History size={18} aria-hidden="true" />{t("time.label")}</label>
            <input id="time" type="range" min={0} max={last} step={1} value={position} aria-valuetext={words}
                onInput={(event) => {
                    const next = Number(event.currentTarget.value);
                    choose(next >= last ? null : days[next] ?? null);
                }} />
            <span class="row">
                <output for="time" class="small nowrap">{words}</output>
                {at !== null && <button class="button plain" type="button" onClick={() => choose(null)}>{t("time.back_to_now")}</button>}
            </span>
        </div>
    );
}
