// One value of a record, as people read it.
import { t, term } from "../words";
import { civil, moment } from "../words/dates";
import { NameOf, Words } from "./bits";

type Target = "account" | "contact" | "user" | "meeting";
/** Fields whose value is another record's id. */
const refers_to: Record<string, Target> = { person: "contact", contact: "contact", contacts: "contact", to: "contact", from: "contact", account: "account", parent: "account", meeting: "meeting", by: "user", rep: "user", owner: "user" };

export function Value({ table, field, value }: { table: string; field: string; value: unknown }) {
    const target = table === "commitment" && field === "owner" ? "contact" : refers_to[field];
    if (value === null || value === "") return <span class="soft">{t("conflicts.empty")}</span>;
    if (target && typeof value === "string") return <NameOf table={target} id={value} />;
    if (field === "stance") return <>{term("stance", String(value))}</>;
    if (field === "dimension") return <>{term("short", String(value))}</>;
    if (field === "state" && (table === "commitment" || table === "task")) return <>{term("commitment", String(value))}</>;
    if (typeof value === "boolean") return <>{t(value ? "yes" : "no")}</>;
    if (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)) return <>{moment(value)}</>;
    if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) return <>{civil(value)}</>;
    return <Words>{typeof value === "string" ? value : JSON.stringify(value)}</Words>;
}
