import { Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { Failure, Loading, Said } from "../../parts/bits";
import { call } from "../../state/program";
import { useQuery } from "../../state/query";
import { rich, t } from "../../words";
import { useAttempt } from "./use_admin";

export function Teams() {
    const read = useQuery("admin.team.list", {}, ["team", "member"]);
    const users = useQuery("admin.user.list", {}, ["user"]).data?.users ?? [];
    const { failed, busy, run } = useAttempt(read.again);
    const [name, setName] = useState("");
    const [manager, setManager] = useState("");
    const [around, setAround] = useState("");
    if (read.error) return <Failure error={read.error} again={read.again} />;
    if (!read.data) return <Loading />;
    const save = async (event: Event) => {
        event.preventDefault();
        if (await run(() => call("admin.team.add", { name: name.trim(), ...(manager ? { manager } : {}), ...(around ? { in: around } : {}) }), t("saved"))) setName("");
    };
    return (
        <div class="stack wide">
            <form class="card stack" onSubmit={save}>
                <h2>{t("teams.add")}</h2>
                <p class="small soft">{t("teams.note")}</p>
                <div class="inline-form">
                    <div class="field"><label for="team-name">{t("people.name")}</label><input id="team-name" type="text" required value={name} onInput={(event) => setName(event.currentTarget.value)} /></div>
                    <div class="field"><label for="team-manager">{t("teams.manager")}</label><select id="team-manager" value={manager} onChange={(event) => setManager(event.currentTarget.value)}><option value="">{t("teams.nobody")}</option>{users.filter((user) => user.active).map((user) => <option key={user.id} value={user.id} data-said>{user.name}</option>)}</select></div>
                    <div class="field"><label for="team-in">{t("teams.in")}</label><select id="team-in" value={around} onChange={(event) => setAround(event.currentTarget.value)}><option value="">{t("teams.none_around")}</option>{read.data.teams.map((team) => <option key={team.id} value={team.id} data-said>{team.name}</option>)}</select></div>
                    <button class="button main" type="submit" disabled={busy}><Plus size={18} aria-hidden="true" />{t("save")}</button>
                </div>
                {failed && <Failure error={failed} />}
            </form>
            <ul class="list card">
                {read.data.teams.map((team) => (
                    <li key={team.id}><span class="strong"><Said>{team.name}</Said></span><br />
                        <span class="small soft">{t("teams.members", { n: team.members })}{team.manager && <> · {rich("teams.led_by", { name: <Said>{team.manager}</Said> })}</>}{team.in && <> · {rich("teams.part_of", { name: <Said>{team.in}</Said> })}</>}</span></li>
                ))}
                {read.data.teams.length === 0 && <li class="soft small">{t("teams.none")}</li>}
            </ul>
        </div>
    );
}
