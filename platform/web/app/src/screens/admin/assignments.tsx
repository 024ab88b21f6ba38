// Who serves which customer. The server tells, also of customers that this administrator may not read: those have no name here.
import { Plus, X } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import type { Result } from "../../backend/backend";
import { Dialog } from "../../parts/dialog";
import { Failure, Loading, Said } from "../../parts/bits";
import { call } from "../../state/program";
import { useQuery } from "../../state/query";
import { rich, t } from "../../words";
import { useAttempt } from "./use_admin";

type Served = Result<"admin.account.list">["accounts"][number];
const settle_ms = 150;

function AddServing({ account, close, done }: { account: Served; close: () => void; done: () => void }) {
    const [to, setTo] = useState("");
    const { failed, busy, run } = useAttempt(done);
    const users = useQuery("admin.user.list", {}, ["user"]).data?.users ?? [];
    const teams = useQuery("admin.team.list", {}, ["team"]).data?.teams ?? [];
    const save = async (event: Event) => {
        event.preventDefault();
        if (await run(() => call("admin.assign", { account: account.id, to }), t("saved"))) close();
    };
    return (
        <Dialog title={rich("assign.title", { name: <Said>{account.name ?? t("assign.hidden")}</Said> })} close={close}>
            <form class="stack" onSubmit={save}>
                <div class="field"><label for="assign-to">{t("assign.to")}</label>
                    <select id="assign-to" required value={to} onChange={(event) => setTo(event.currentTarget.value)}>
                        <option value="">{t("assign.choose")}</option>
                        <optgroup label={t("admin.users")}>{users.filter((user) => user.active).map((user) => <option key={user.id} value={user.id} data-said>{user.name}</option>)}</optgroup>
                        <optgroup label={t("admin.teams")}>{teams.map((team) => <option key={team.id} value={team.id} data-said>{team.name}</option>)}</optgroup>
                    </select>
                </div>
                {failed && <Failure error={failed} />}
                <p class="row"><button class="button main" type="submit" disabled={busy}>{t("save")}</button><button class="button plain" type="button" onClick={close}>{t("cancel")}</button></p>
            </form>
        </Dialog>
    );
}

export function Assignments() {
    const [typed, setTyped] = useState("");
    const [wanted, setWanted] = useState("");
    const [adding, setAdding] = useState<Served | null>(null);
    useEffect(() => {
        const timer = setTimeout(() => setWanted(typed.trim()), settle_ms);
        return () => clearTimeout(timer);
    }, [typed]);
    const read = useQuery("admin.account.list", wanted ? { find: wanted } : {}, ["assignment", "account"]);
    const { failed, run } = useAttempt(read.again);
    if (read.error) return <Failure error={read.error} again={read.again} />;
    const end = (account: Served, one: Served["serving"][number]) => void run(() => call("admin.unassign", { account: account.id, from: one.id }), t("assign.ended"));
    return (
        <div class="stack">
            <div class="field"><label for="assign-find">{t("accounts.filter")}</label><input id="assign-find" type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} /></div>
            {failed && <Failure error={failed} />}
            {!read.data ? <Loading /> : (
                <ul class="list card">
                    {read.data.accounts.map((account) => (
                        <li key={account.id} class="row apart top">
                            <div class="grow stack tight">
                                <span class="strong">{account.name ? <Said>{account.name}</Said> : t("assign.hidden")}</span>
                                <ul class="row">
                                    {account.serving.map((one) => (
                                        <li key={one.id} class="chip"><Said>{one.name}</Said>{one.owner && <> · {t("assign.owner")}</>}
                                            <button class="chip-end" type="button" onClick={() => end(account, one)} aria-label={`${t("assign.end")}: ${one.name}`} data-said><X size={14} aria-hidden="true" /></button></li>
                                    ))}
                                    {account.serving.length === 0 && <li class="small soft">{t("assign.none")}</li>}
                                </ul>
                            </div>
                            <button class="button" type="button" onClick={() => setAdding(account)}><Plus size={16} aria-hidden="true" />{t("assign.add")}<span class="visually-hidden">: <Said>{account.name}</Said></span></button>
                        </li>
                    ))}
                    {read.data.accounts.length === 0 && <li class="small soft">{t("accounts.none_found")}</li>}
                </ul>
            )}
            {read.data?.more && <p class="small soft">{t("assign.more")}</p>}
            {adding && <AddServing account={adding} close={() => setAdding(null)} done={read.again} />}
        </div>
    );
}
