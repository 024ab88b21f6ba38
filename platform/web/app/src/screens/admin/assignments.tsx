import { useState } from "preact/hooks";
import { Failure, NameOf, Said } from "../../parts/bits";
import { text } from "../../state/names";
import { call } from "../../state/program";
import { useQuery } from "../../state/query";
import { t } from "../../words";
import { useAttempt } from "./use_admin";

export function Assignments() {
    const [account, setAccount] = useState("");
    const [to, setTo] = useState("");
    const { failed, busy, run } = useAttempt();
    const users = useQuery("admin.user.list", {}, ["user"]);
    const teams = useQuery("admin.team.list", {}, ["team"]).data?.teams ?? [];
    const assigned = useQuery("record.list", { table: "assignment", limit: 400 }, ["assignment"]).data?.records ?? [];
    if (users.error) return <Failure error={users.error} again={users.again} />;
    const save = async (event: Event) => {
        event.preventDefault();
        if (await run(() => call("admin.assign", { account: account.trim(), to }), t("saved"))) setAccount("");
    };
    return (
        <div class="stack wide">
            <form class="card stack" onSubmit={save}>
                <h2>{t("assign.add")}</h2>
                <div class="inline-form">
                    <div class="field"><label for="assign-account">{t("assign.account")}</label><input id="assign-account" type="text" required value={account} onInput={(event) => setAccount(event.currentTarget.value)} /></div>
                    <div class="field"><label for="assign-to">{t("assign.to")}</label>
                        <select id="assign-to" required value={to} onChange={(event) => setTo(event.currentTarget.value)}>
                            <option value="">{t("assign.choose")}</option>
                            {(users.data?.users ?? []).filter((user) => user.active).map((user) => <option key={user.id} value={user.id} data-said>{user.name}</option>)}
                            {teams.map((team) => <option key={team.id} value={team.id} data-said>{team.name}</option>)}
                        </select>
                    </div>
                    <button class="button main" type="submit" disabled={busy}>{t("save")}</button>
                </div>
                {failed && <Failure error={failed} />}
            </form>
            <ul class="list card">
                {assigned.map((one) => {
                    const team = teams.find((known) => known.id === one.team);
                    return (
                        <li key={one.id} class="row apart">
                            <span class="grow"><span class="strong"><NameOf table="account" id={text(one, "account")} /></span> → {team ? <Said>{team.name}</Said> : <NameOf table="user" id={text(one, "user")} />}</span>
                            <button class="button plain" type="button" onClick={() => void run(() => call("admin.unassign", { account: text(one, "account"), from: text(one, "team") || text(one, "user") }), t("assign.ended"))}>{t("assign.end")}<span class="visually-hidden">: <NameOf table="account" id={text(one, "account")} /></span></button>
                        </li>
                    );
                })}
                {assigned.length === 0 && <li class="small soft">{t("assign.none")}</li>}
            </ul>
        </div>
    );
}
