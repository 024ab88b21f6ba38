// Days and times as people say them. Civil dates keep the granularity that was said: `2025-Q2` is no day.
import { locale, region, t } from "./index";

const day_ms = 86_400_000;

function format(options: Intl.DateTimeFormatOptions, at: Date): string {
    return new Intl.DateTimeFormat(region(), options).format(at);
}

/** A civil date of any granularity. */
export function civil(value: string | null | undefined): string {
    if (!value) return "";
    if (/^\d{4}-\d\d-\d\d$/.test(value)) {
        const at = new Date(`${value}T12:00:00`);
        const near = at.getFullYear() === new Date().getFullYear();
        return format({ day: "numeric", month: "short", ...(near ? {} : { year: "numeric" }) }, at);
    }
    if (/^\d{4}-\d\d$/.test(value)) return format({ month: "long", year: "numeric" }, new Date(`${value}-15T12:00:00`));
    const part = /^(\d{4})-(W|Q|H)(\d+)$/.exec(value);
    if (part) {
        const key = part[2] === "W" ? "date.week" : part[2] === "Q" ? "date.quarter" : "date.half";
        return t(key, { n: part[3] ?? "", year: part[1] ?? "" });
    }
    return value;
}

/** An instant as day and time, or only the time where it is today. */
export function moment(value: string | null | undefined): string {
    if (!value) return "";
    const at = new Date(value);
    const time = format({ hour: "numeric", minute: "2-digit" }, at);
    const days = daysFromToday(at);
    if (days === 0) return t("date.today_at", { time });
    if (days === -1) return t("date.yesterday_at", { time });
    if (days === 1) return t("date.tomorrow_at", { time });
    return `${format({ weekday: "short", day: "numeric", month: "short" }, at)}, ${time}`;
}

/** The time of day. */
export function clock(value: string): string {
    return format({ hour: "numeric", minute: "2-digit" }, new Date(value));
}

function daysFromToday(at: Date): number {
    const today = new Date();
    today.setHours(0, 0, 0, 0);
    const that = new Date(at);
    that.setHours(0, 0, 0, 0);
    return Math.round((that.getTime() - today.getTime()) / day_ms);
}

/** How long ago, roughly: "3 weeks ago". `value` is a civil day or an instant. */
export function ago(value: string): string {
    const at = new Date(value.length === 10 ? `${value}T12:00:00` : value);
    const days = daysFromToday(at);
    const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
    if (Math.abs(days) < 14) return relative.format(days, "day");
    if (Math.abs(days) < 60) return relative.format(Math.round(days / 7), "week");
    return relative.format(Math.round(days / 30.4), "month");
}

export function today(): string {
    const at = new Date();
    return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}
