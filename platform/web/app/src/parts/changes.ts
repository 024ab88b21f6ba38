// Taking back what was done, and doing it again. The program keeps the order, for all pages and tabs and over a reload, and does
// not go over what somebody else wrote meanwhile.
import type { Turn } from "../backend/schema";
import { RpcError } from "../backend/backend";
import { call, info } from "../state/program";
import { t, term } from "../words";
import { say, takeBackShown } from "./toast";

/** Says that something is done, with the way back. `act` is what the program called it: nothing if nothing was changed. */
export function did(words: string, act: number | undefined): void {
    say(words, act === undefined ? undefined : () => void turn("undo", act), { act: true });
}

/** The newest: what Ctrl or Cmd and Z does outside of a text. */
export function undoNewest(): void {
    if (!takeBackShown()) void turn("undo");
}

export function redoNewest(): void {
    void turn("redo");
}

async function turn(way: "undo" | "redo", act?: number): Promise<void> {
    try {
        const done = way === "redo" ? await call("change.redo") : await call("change.undo", act === undefined ? {} : { act });
        tell(done, way);
    } catch (error) {
        if (error instanceof RpcError) say(error.data.reason ?? error.message, undefined, { kind: "turn" });
    }
}

/** What became of it, with the way on. */
export function tell(done: Turn, way: "undo" | "redo"): void {
    const record = done.act?.records[0];
    const more = (done.act?.records.length ?? 1) - 1;
    const named = (table: string | undefined, name: string | undefined) => [table && term("table", table), name].filter(Boolean).join(" · ");
    if (done.done) {
        const what = record ? named(record.table, record.name) + (more > 0 ? ` ${t("changes.more", { n: more })}` : "") : "";
        const again = way === "undo" ? redoNewest : undoNewest;
        if (done.fields.length === 0) say(t("changes.same", { what }), again, { act: true, kind: "turn", label: t(way === "undo" ? "redo" : "undo") });
        else say(t(way === "undo" ? "changes.undone" : "changes.redone", { what }), again, { act: true, kind: "turn", label: t(way === "undo" ? "redo" : "undo") });
        return;
    }
    const what = named(done.table, done.name) || t("changes.it");
    const field = done.field && done.field !== "deleted" ? `${what} · ${term("field", done.field)}` : what;
    const who = done.by?.id === info.value?.user ? "" : (done.by?.name ?? "");
    const words = {
        nothing: () => t(way === "undo" ? "changes.nothing_undo" : "changes.nothing_redo"),
        changed: () => (done.here ? t("changes.changed_here", { what: field }) : who ? t("changes.changed_by", { what: field, who }) : t("changes.changed_elsewhere", { what: field })),
        erased: () => t("changes.erased", { what: field }),
        refused: () => t("changes.refused", { what }),
        unknown: () => t("changes.unknown", { what: field }),
    }[done.reason ?? "unknown"];
    say(words(), undefined, { kind: "turn" });
}
