// A person or a meeting of this account, added by hand.
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import { Dialog } from "../../parts/dialog";
import { Failure } from "../../parts/bits";
import { did } from "../../parts/changes";
import { call } from "../../state/program";
import { t } from "../../words";

interface Props {
    account: string;
    close: () => void;
}

function useSaving(table: string, close: () => void) {
    const [failed, setFailed] = useState<RpcError | null>(null);
    const save = async (fields: Record<string, unknown>) => {
        try {
            did(t("added"), (await call("record.put", { table, fields })).act);
            close();
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        }
    };
    return { failed, save };
}

export function AddPerson({ account, close }: Props) {
    const [name, setName] = useState("");
    const [role, setRole] = useState("");
    const { failed, save } = useSaving("contact", close);
    const submit = (event: Event) => {
        event.preventDefault();
        void save({ account, name: name.trim(), ...(role.trim() ? { role: role.trim() } : {}), confirmed: true });
    };
    return (
        <Dialog title={t("people.add")} close={close}>
            <form class="stack" onSubmit={submit}>
                <div class="field"><label for="person-name">{t("people.name")}</label><input id="person-name" type="text" required value={name} onInput={(event) => setName(event.currentTarget.value)} /></div>
                <div class="field"><label for="person-role">{t("people.role")}</label><input id="person-role" type="text" value={role} onInput={(event) => setRole(event.currentTarget.value)} /></div>
                {failed && <Failure error={failed} />}
                <p class="row"><button class="button main" type="submit">{t("save")}</button><button class="button plain" type="button" onClick={close}>{t("cancel")}</button></p>
            </form>
        </Dialog>
    );
}

export function AddMeeting({ account, close }: Props) {
    const [title, setTitle] = useState("");
    const [at, setAt] = useState("");
    const { failed, save } = useSaving("meeting", close);
    const submit = (event: Event) => {
        event.preventDefault();
        const begins = new Date(at);
        const hour_ms = 3_600_000;
        void save({ account, title: title.trim(), at: begins.toISOString(), ends_at: new Date(begins.getTime() + hour_ms).toISOString() });
    };
    return (
        <Dialog title={t("meetings.add")} close={close}>
            <form class="stack" onSubmit={submit}>
                <div class="field"><label for="meeting-title">{t("meetings.about")}</label><input id="meeting-title" type="text" required value={title} onInput={(event) => setTitle(event.currentTarget.value)} /></div>
                <div class="field"><label for="meeting-at">{t("meetings.when")}</label><input id="meeting-at" type="datetime-local" required value={at} onInput={(event) => setAt(event.currentTarget.value)} /></div>
                {failed && <Failure error={failed} />}
                <p class="row"><button class="button main" type="submit">{t("save")}</button><button class="button plain" type="button" onClick={close}>{t("cancel")}</button></p>
            </form>
        </Dialog>
    );
}
