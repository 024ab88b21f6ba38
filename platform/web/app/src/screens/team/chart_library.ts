// The parts of Chart.js that the overview uses, and how they look here.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, ScatterController, Tooltip, type ChartConfiguration } from "chart.js";
import type { Colours } from "./chart";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, ScatterController, Tooltip);

export function make(canvas: HTMLCanvasElement, drawing: ChartConfiguration, colours: Colours): Chart {
    Chart.defaults.color = colours.ink;
    Chart.defaults.borderColor = colours.line;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 13;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) Chart.defaults.animation = false;
    return new Chart(canvas, drawing);
}
