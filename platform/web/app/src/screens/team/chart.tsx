// A chart and the same figures as a table. The library comes only when a chart is looked at.
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { theme } from "../../state/look";
import { t } from "../../words";

export interface Colours {
    ink: string;
    soft: string;
    line: string;
    series: string[];
}
export type Drawing = import("chart.js").ChartConfiguration;

/** What the style sheet makes of a colour now, light or dark. */
function colours(beside: HTMLElement): Colours {
    const probe = document.createElement("span");
    beside.append(probe);
    const read = (name: string) => {
        probe.style.color = `var(${name})`;
        return getComputedStyle(probe).color;
    };
    const found = { ink: read("--ink"), soft: read("--ink-soft"), line: read("--line"), series: ["--accent", "--warn", "--calm", "--bad", "--good", "--ink-soft"].map(read) };
    probe.remove();
    return found;
}

interface Props {
    label: string;
    height: number;
    /** Called again when the look changes; must depend on `colours` and `deps` only. */
    draw(colours: Colours): Drawing;
    deps: unknown[];
    table: ComponentChildren;
}

export function Chart({ label, height, draw, deps, table }: Props) {
    const canvas = useRef<HTMLCanvasElement>(null);
    const [dark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
    useEffect(() => {
        const media = matchMedia("(prefers-color-scheme: dark)");
        const hear = () => setDark(media.matches);
        media.addEventListener("change", hear);
        return () => media.removeEventListener("change", hear);
    }, []);
    useEffect(() => {
        let gone = false;
        let chart: { destroy(): void } | null = null;
        void import("./chart_library").then(({ make }) => {
            if (gone || !canvas.current) return;
            const found = colours(canvas.current.parentElement ?? document.body);
            chart = make(canvas.current, draw(found), found);
        });
        return () => {
            gone = true;
            chart?.destroy();
        };
    }, [...deps, dark, theme.value]);
    return (
        <figure class="stack tight">
            <div class="chart"><canvas ref={canvas} height={height} role="img" aria-label={label} /></div>
            <details><summary>{t("chart.as_table")}</summary><div class="scroll" tabIndex={0} role="region" aria-label={label}>{table}</div></details>
        </figure>
    );
}
