// The first minute with an empty store: one customer's name, and the first debrief begins.
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { RpcError } from "../backend/backend";
import { Failure } from "../parts/bits";
import { call } from "../state/program";
import { t } from "../words";

export function FirstSteps() {
    const { route } = useLocation();
    const [name, setName] = useState("");
    const [failed, setFailed] = useState<RpcError | null>(null);
    const [busy, setBusy] = useState(false);
    const begin = async (event: Event) => {
        event.preventDefault();
        if (!name.trim() || busy) return;
        setBusy(true);
        try {
            const { id } = await call("record.put", { table: "account", fields: { name: name.trim() } });
            route(`/debrief/new?account=${id}`);
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        } finally {
            setBusy(false);
        }
    };
    return (
        <form class="card hero stack first-steps" onSubmit={begin}>
            <h2>{t("first.title")}</h2>
            <p>{t("first.text")}</p>
            <div class="field">
                <label for="first-account">{t("first.account")}</label>
                <input id="first-account" type="text" value={name} autocomplete="off" maxLength={200} onInput={(event) => setName(event.currentTarget.value)} required />
            </div>
            {failed && <Failure error={failed} />}
            <p class="row">
                <button class="button main large" type="submit" disabled={busy}>{t("first.begin")}</button>
                <a class="button plain" href="/settings#bring-in">{t("first.import")}</a>
            </p>
        </form>
    );
}
