// The words that a reason rests on, one press away.
import { useState } from "preact/hooks";
import { Said } from "../../parts/bits";
import { text, useName } from "../../state/names";
import { useQuery } from "../../state/query";
import { t } from "../../words";
import { civil } from "../../words/dates";

function One({ id }: { id: string }) {
    const observation = useQuery("record.get", { table: "observation", id }, ["observation"]);
    const commitment = useQuery("record.get", observation.error ? { table: "commitment", id } : null, ["commitment"]).data;
    const record = observation.data ?? commitment;
    const person = useName("contact", text(record, "person") || text(record, "owner"));
    if (!record) return null;
    const source = record.source as { quote?: string } | undefined;
    return (
        <li class="quote">
            <Said>{text(record, "text")}</Said>{source?.quote && source.quote !== record.text && <> <Said>“{source.quote}”</Said></>}
            <br /><span class="tiny soft">{person && <><Said>{person}</Said> · </>}{civil(text(record, "said_on") || text(record, "since"))}</span>
        </li>
    );
}

export function Evidence({ ids }: { ids: string[] }) {
    const [open, setOpen] = useState(false);
    if (ids.length === 0) return null;
    return (
        <details class="slim" onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>{t("evidence.show", { n: ids.length })}</summary>
            {open && <ul class="stack tight">{ids.map((id) => <One key={id} id={id} />)}</ul>}
        </details>
    );
}
