// Everything by name: places, acts, customers, people. Ctrl or Cmd and K.
import "./palette.css";
import * as combobox from "@zag-js/combobox";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { useLocation } from "preact-iso";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { redoNewest, undoNewest } from "../parts/changes";
import { openKeys } from "../parts/palette_door";
import { fit } from "../state/fuzzy";
import { text } from "../state/names";
import { info } from "../state/program";
import { useQuery } from "../state/query";
import { chooseTheme } from "../state/look";
import { t, type Key } from "../words";

interface Choice {
    id: string;
    name: string;
    kind: string;
    /** A name that somebody typed, and no word of ours. */
    said: boolean;
    run(): void;
}

const shown_most = 12;
const settle_ms = 60;

export default function Palette({ close }: { close: () => void }) {
    const { route } = useLocation();
    const box = useRef<HTMLDialogElement>(null);
    const [typed, setTyped] = useState("");
    const [wanted, setWanted] = useState("");
    useEffect(() => {
        box.current?.showModal();
        return () => box.current?.close();
    }, []);
    useEffect(() => {
        const timer = setTimeout(() => setWanted(typed.trim()), settle_ms);
        return () => clearTimeout(timer);
    }, [typed]);
    const where = wanted ? { name: { contains: wanted } } : {};
    const accounts = useQuery("record.list", { table: "account", where, order: "name", limit: 6 }, ["account"]).data?.records ?? [];
    const people = useQuery("record.list", wanted ? { table: "contact", where, order: "name", limit: 6 } : null, ["contact"]).data?.records ?? [];

    const choices = useMemo(() => {
        const go = (path: string) => () => route(path);
        const verb = (key: Key, run: () => void): Choice => ({ id: key, name: t(key), kind: t("palette.go"), said: false, run });
        const verbs = [
            { ...verb("keys.undo", undoNewest), kind: t("palette.do") }, { ...verb("keys.redo", redoNewest), kind: t("palette.do") },
            verb("nav.today", go("/")), verb("nav.accounts", go("/accounts")), verb("nav.practice", go("/practice")), verb("nav.team", go("/team")),
            verb("coaching.title", go("/coaching")), verb("waiting.title", go("/waiting")), verb("conflicts.title", go("/conflicts")), verb("nav.settings", go("/settings")),
            ...(info.value?.role === "admin" ? [verb("admin.title", go("/admin"))] : []),
            verb("keys.title", openKeys), verb("palette.light", () => chooseTheme("light")), verb("palette.dark", () => chooseTheme("dark")),
            verb("settings.export", go("/settings#export")), verb("settings.bring_in", go("/settings#bring-in")),
        ];
        const found: Choice[] = [
            ...accounts.map((account) => ({ id: account.id, name: text(account, "name"), kind: t("palette.account"), said: true, run: go(`/accounts/${account.id}`) })),
            ...(wanted ? accounts.slice(0, 3).map((account) => ({ id: `d-${account.id}`, name: text(account, "name"), kind: t("palette.debrief"), said: true, run: go(`/debrief/new?account=${account.id}`) })) : []),
            ...people.map((person) => ({ id: person.id, name: text(person, "name"), kind: t("palette.person"), said: true, run: go(`/accounts/${text(person, "account")}?tab=people`) })),
        ];
        const ranked = [...verbs, ...found].map((choice) => ({ choice, score: wanted ? fit(wanted, choice.name) : choice.said ? 1 : 2 }))
            .filter((one): one is { choice: Choice; score: number } => one.score !== null).sort((a, b) => b.score - a.score).map((one) => one.choice);
        const all = ranked.slice(0, shown_most);
        if (wanted) all.push({ id: "search", name: wanted, kind: t("palette.search_for"), said: true, run: go(`/search?q=${encodeURIComponent(wanted)}`) });
        return all;
    }, [wanted, accounts, people, route]);

    const collection = useMemo(() => combobox.collection({ items: choices, itemToValue: (item: Choice) => item.id, itemToString: (item: Choice) => item.name }), [choices]);
    const service = useMachine(combobox.machine as combobox.Machine<Choice>, {
        id: useId(), collection, open: true, disableLayer: true, inputBehavior: "autohighlight", selectionBehavior: "clear", loopFocus: true,
        onInputValueChange: (details: { inputValue: string }) => setTyped(details.inputValue),
        onValueChange: (details: { items: Choice[] }) => {
            const chosen = details.items[0];
            if (!chosen) return;
            close();
            chosen.run();
        },
    });
    const api = combobox.connect(service, normalizeProps);
    return (
        <dialog class="palette" ref={box} aria-label={t("palette.open")} onClose={close} onClick={(event) => event.target === box.current && close()}
            onInput={(event) => setTyped((event.target as HTMLInputElement).value) /* The combobox may not have started yet. */}
            onKeyDownCapture={(event) => { if (event.key === "Escape") close(); }}>
            <div {...api.getRootProps()}>
                <label {...api.getLabelProps()} class="visually-hidden">{t("palette.label")}</label>
                <div {...api.getControlProps()}><input {...api.getInputProps()} autofocus placeholder={t("palette.label")} type="text" /></div>
                <ul {...api.getContentProps()} style={undefined} hidden={false} tabIndex={-1}>
                    {choices.map((choice) => (
                        <li key={choice.id} {...api.getItemProps({ item: choice })}>
                            {choice.said ? <bdi class="grow">{choice.name}</bdi> : <span class="grow">{choice.name}</span>}
                            <span class="tiny soft">{choice.kind}</span>
                        </li>
                    ))}
                </ul>
            </div>
        </dialog>
    );
}
