import { QrCode, UserPlus, UserX, X } from "lucide-preact";
import { useState } from "preact/hooks";
import { Failure, Loading, Said } from "../../parts/bits";
import { call } from "../../state/program";
import { useQuery } from "../../state/query";
import { t, term } from "../../words";
import { Invitation } from "./invitation";
import { useAttempt } from "./use_admin";

const roles = ["rep", "manager", "admin"] as const;

function AddUser({ added }: { added: () => void }) {
    const [name, setName] = useState("");
    const [role, setRole] = useState<(typeof roles)[number]>("rep");
    const [team, setTeam] = useState("");
    const teams = useQuery("admin.team.list", {}, ["team"]).data?.teams ?? [];
    const { failed, busy, run } = useAttempt(added);
    const save = async (event: Event) => {
        event.preventDefault();
        if (await run(() => call("admin.user.add", { name: name.trim(), role, ...(team ? { team } : {}) }), t("added"))) setName("");
    };
    return (
        <form class="card stack" onSubmit={save}>
            <h2>{t("users.add")}</h2>
            <div class="inline-form">
                <div class="field"><label for="user-name">{t("people.name")}</label><input id="user-name" type="text" required value={name} onInput={(event) => setName(event.currentTarget.value)} /></div>
                <div class="field"><label for="user-role">{t("users.role")}</label><select id="user-role" value={role} onChange={(event) => setRole(event.currentTarget.value as (typeof roles)[number])}>{roles.map((one) => <option key={one} value={one}>{t(`role.${one}`)}</option>)}</select></div>
                <div class="field"><label for="user-team">{t("users.team")}</label><select id="user-team" value={team} onChange={(event) => setTeam(event.currentTarget.value)}><option value="">{t("users.no_team")}</option>{teams.map((one) => <option key={one.id} value={one.id} data-said>{one.name}</option>)}</select></div>
                <button class="button main" type="submit" disabled={busy}><UserPlus size={18} aria-hidden="true" />{t("users.add")}</button>
            </div>
            {failed && <Failure error={failed} />}
        </form>
    );
}

export function Users() {
    const read = useQuery("admin.user.list", {}, ["user"]);
    const { failed, run } = useAttempt(read.again);
    const [invited, setInvited] = useState<{ id: string; name: string } | null>(null);
    if (read.error) return <Failure error={read.error} again={read.again} />;
    if (!read.data) return <Loading />;
    return (
        <div class="stack wide">
            <AddUser added={read.again} />
            {failed && <Failure error={failed} />}
            <ul class="list card">
                {read.data.users.map((user) => (
                    <li key={user.id} class="row apart">
                        <span class="grow"><span class="strong"><Said>{user.name}</Said></span><br /><span class="small soft">{term("role", user.role)}{!user.active && <> · {t("users.disabled")}</>}</span>
                            {(user.teams ?? []).length > 0 && (
                                <span class="row">{user.teams?.map((team) => (
                                    <span key={team} class="chip"><Said>{team}</Said><button class="chip-end" type="button" data-said aria-label={t("teams.leave", { name: team })} onClick={() => void run(() => call("admin.team.leave", { team, user: user.id }), t("teams.left"))}><X size={14} aria-hidden="true" /></button></span>
                                ))}</span>
                            )}</span>
                        {user.active ? (
                            <span class="row">
                                <button class="button" type="button" onClick={() => setInvited(user)}><QrCode size={17} aria-hidden="true" />{t("users.invite")}<span class="visually-hidden">: <Said>{user.name}</Said></span></button>
                                <button class="button plain danger" type="button" onClick={() => void run(() => call("admin.user.disable", { user: user.id }), t("users.signed_out"))}><UserX size={17} aria-hidden="true" />{t("users.disable")}<span class="visually-hidden">: <Said>{user.name}</Said></span></button>
                            </span>
                        ) : <button class="button" type="button" onClick={() => void run(() => call("admin.user.add", { name: user.name, role: user.role as "rep" }), t("saved"))}>{t("users.let_in")}<span class="visually-hidden">: <Said>{user.name}</Said></span></button>}
                    </li>
                ))}
            </ul>
            {invited && <Invitation user={invited} close={() => setInvited(null)} />}
        </div>
    );
}
