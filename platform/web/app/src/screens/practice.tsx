// Practice: what went badly and is due again, and whom the bot plays next.
import { Drama, Repeat2 } from "lucide-preact";
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Empty, Head, Loading, NameOf, Said, Section } from "../parts/bits";
import { text } from "../state/names";
import { useQuery } from "../state/query";
import { rich, t } from "../words";
import { ago } from "../words/dates";

export default function Practice() {
    const { query } = useRoute();
    const [typed, setTyped] = useState("");
    const due = useQuery("drill.due", {}, ["rehearsal_turn"]).data?.turns;
    const where = { ...(query.account ? { account: query.account } : {}), ...(typed.trim() ? { name: { contains: typed.trim() } } : {}) };
    const people = useQuery("record.list", { table: "contact", order: "name", limit: 60, where }, ["contact"]).data?.records;
    const talks = (useQuery("chat.list", {}, ["room"]).data?.conversations ?? []).filter((talk) => talk.kind === "rehearsal" && talk.state.phase !== "done");
    return (
        <div class="page narrow">
            <Head title={t("practice.title")} />
            <div class="stack wide">
                <p class="soft">{t("practice.note")}</p>
                {talks.length > 0 && (
                    <Section id="open-rehearsals" title={t("today.unfinished")}>
                        <ul class="list card">{talks.slice(0, 4).map((talk) => (
                            <li key={talk.id} class="row apart"><span class="grow strong"><NameOf table="account" id={talk.account} /></span><a class="button" href={`/rehearsal/${talk.id}`}>{t("today.go_on")}</a></li>
                        ))}</ul>
                    </Section>
                )}
                <Section id="due-drills" title={t("practice.due")}>
                    {!due ? <Loading /> : due.length === 0 ? <p class="card quiet small soft row"><Repeat2 size={18} aria-hidden="true" />{t("practice.none_due")}</p> : (
                        <ul class="list card">{due.map((drill) => (
                            <li key={drill.turn} class="row apart top">
                                <span class="grow"><Said>“{drill.text}”</Said><br /><span class="small soft">{rich("practice.asked_by", { name: <Said>{drill.contact.name}</Said>, when: ago(drill.last) })}</span></span>
                                <a class="button" href={`/rehearsal/new?contact=${drill.contact.id}`}>{t("practice.again")}<span class="visually-hidden">: <Said>{drill.contact.name}</Said></span></a>
                            </li>
                        ))}</ul>
                    )}
                </Section>
                <Section id="whom" title={t("practice.whom")}>
                    <div class="stack">
                        <div class="field"><label for="who">{t("practice.find")}</label><input id="who" type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} /></div>
                        {people?.length === 0 && <div class="card"><Empty icon={<Drama size={32} aria-hidden="true" />} title={t("practice.nobody")} /></div>}
                        {people && people.length > 0 && (
                            <ul class="list card">{people.map((person) => (
                                <li key={person.id} class="row apart">
                                    <span class="grow"><span class="strong"><Said>{text(person, "name")}</Said></span><br /><span class="small soft"><Said>{text(person, "role")}</Said>{text(person, "role") && " · "}<NameOf table="account" id={text(person, "account")} /></span></span>
                                    <a class="button" href={`/rehearsal/new?contact=${person.id}`}><Drama size={16} aria-hidden="true" />{t("people.rehearse")}<span class="visually-hidden">: <Said>{text(person, "name")}</Said></span></a>
                                </li>
                            ))}</ul>
                        )}
                    </div>
                </Section>
            </div>
        </div>
    );
}
