// Names of accounts, people and users by id. Few are shown at a time, so each is read once and kept.
import type { StoredRecord } from "../backend/schema";
import { useQuery } from "./query";

type Table = "account" | "contact" | "user" | "meeting" | "team" | "opportunity";

/** A text field of a record; empty where it is not there. */
export function text(record: StoredRecord | undefined | null, field: string): string {
    const value = record?.[field];
    return typeof value === "string" ? value : "";
}

export function useRecord(table: Table, id: string | null | undefined): StoredRecord | undefined {
    return useQuery("record.get", id ? { table, id } : null, [table]).data;
}

export function useName(table: Table, id: string | null | undefined): string {
    const record = useRecord(table, id);
    return text(record, table === "meeting" ? "title" : "name");
}
