// Meetings that ended and wait for their debrief, and those that come.
import type { StoredRecord } from "../backend/schema";
import { info } from "./program";
import { useQuery } from "./query";

const tables = ["meeting", "room"];
const shown_most = 30;
/** A meeting that nobody debriefed for a month will not be: it is not asked for any more. */
const waits_days = 31;

function at(meeting: StoredRecord, field: string): number {
    const value = meeting[field];
    return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

/** Until the minute, so that the same question is asked of the store and not a new one each time. */
function now(): Date {
    const fixed = info.value?.now ? Date.parse(info.value.now) : 0;
    // A program with a test clock lives at another time than this browser.
    const clock = Math.abs(fixed - Date.now()) > 86_400_000 * 2 ? fixed : Date.now();
    return new Date(Math.floor(clock / 60_000) * 60_000);
}

export function useEndedMeetings(): StoredRecord[] | undefined {
    const until = now();
    const from = new Date(until.getTime() - waits_days * 86_400_000);
    const read = useQuery("record.list", { table: "meeting", where: { at: { less_equal: until.toISOString() } }, order: "-at", limit: 200 }, tables);
    return read.data?.records.filter((meeting) => {
        const ends = Number.isNaN(at(meeting, "ends_at")) ? at(meeting, "at") : at(meeting, "ends_at");
        return meeting.debriefed !== true && ends <= until.getTime() && at(meeting, "at") >= from.getTime();
    }).slice(0, shown_most);
}

export function useNextMeetings(limit: number): StoredRecord[] | undefined {
    const read = useQuery("record.list", { table: "meeting", where: { at: { greater: now().toISOString() } }, order: "at", limit }, tables);
    return read.data?.records;
}
