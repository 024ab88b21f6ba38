// Erasing a person's words, everywhere and for good. Texts that merely name the person are put to the user one by one.
import { Eraser } from "lucide-preact";
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import type { Hit, StoredRecord } from "../../backend/schema";
import { Dialog } from "../../parts/dialog";
import { Failure, NameOf, Said, Section } from "../../parts/bits";
import { say } from "../../parts/toast";
import { text } from "../../state/names";
import { call } from "../../state/program";
import { useQuery } from "../../state/query";
import { rich, t } from "../../words";

function Sure({ person, close }: { person: StoredRecord; close: () => void }) {
    const [asked, setAsked] = useState<Hit[] | null>(null);
    const [chosen, setChosen] = useState<Set<string>>(new Set());
    const [failed, setFailed] = useState<RpcError | null>(null);
    const name = <Said>{text(person, "name")}</Said>;
    const erase = async (also?: Hit[]) => {
        try {
            const done = await call("erase", { contact: person.id, ...(also ? { also: also.map((hit) => ({ id: hit.id, table: hit.table, field: hit.field, snippet: hit.snippet })) } : {}) });
            if (!also && done.to_confirm.length > 0) setAsked(done.to_confirm);
            else {
                say(t("erase.done"));
                close();
            }
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        }
    };
    return (
        <Dialog title={rich("erase.title_of", { name })} close={close}>
            {asked === null ? (
                <>
                    <p>{t("erase.what")}</p>
                    {failed && <Failure error={failed} />}
                    <p class="row"><button class="button danger" type="button" onClick={() => void erase()}><Eraser size={18} aria-hidden="true" />{t("erase.for_good")}</button><button class="button" type="button" onClick={close}>{t("cancel")}</button></p>
                </>
            ) : (
                <>
                    <p>{t("erase.named_in", { n: asked.length })}</p>
                    <ul class="stack tight">{asked.map((hit) => {
                        const key = `${hit.id}${hit.field}`;
                        return <li key={key}><label class="choice"><input type="checkbox" checked={chosen.has(key)} onChange={() => setChosen((old) => { const next = new Set(old); if (!next.delete(key)) next.add(key); return next; })} /><Said>{hit.snippet}</Said></label></li>;
                    })}</ul>
                    {failed && <Failure error={failed} />}
                    <p class="row"><button class="button danger" type="button" disabled={chosen.size === 0} onClick={() => void erase(asked.filter((hit) => chosen.has(`${hit.id}${hit.field}`)))}>{t("erase.these", { n: chosen.size })}</button><button class="button" type="button" onClick={close}>{t("erase.enough")}</button></p>
                </>
            )}
        </Dialog>
    );
}

export function Erase() {
    const [typed, setTyped] = useState("");
    const [person, setPerson] = useState<StoredRecord | null>(null);
    const found = useQuery("record.list", typed.trim().length > 1 ? { table: "contact", where: { name: { contains: typed.trim() } }, order: "name", limit: 8 } : null, ["contact"]).data?.records ?? [];
    return (
        <Section id="erase" title={t("settings.erase")}>
            <div class="card stack">
                <p class="small soft">{t("erase.note")}</p>
                <div class="field"><label for="erase-who">{t("erase.who")}</label><input id="erase-who" type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} /></div>
                {found.length > 0 && typed.trim().length > 1 && (
                    <ul class="list">{found.map((one) => (
                        <li key={one.id} class="row apart"><span class="grow"><span class="strong"><Said>{text(one, "name")}</Said></span><br /><span class="small soft"><NameOf table="account" id={text(one, "account")} /></span></span><button class="button danger" type="button" onClick={() => setPerson(one)}>{t("erase.erase")}<span class="visually-hidden">: <Said>{text(one, "name")}</Said></span></button></li>
                    ))}</ul>
                )}
            </div>
            {person && <Sure person={person} close={() => setPerson(null)} />}
        </Section>
    );
}
