// All customers, to find one and to add one.
import { Building2, ChevronRight, Plus } from "lucide-preact";
import { useLocation } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { RpcError } from "../backend/backend";
import { Dialog } from "../parts/dialog";
import { Empty, Failure, Head, Loading, Said } from "../parts/bits";
import { text } from "../state/names";
import { call } from "../state/program";
import { useQuery } from "../state/query";
import { t } from "../words";

const page_size = 60;
const settle_ms = 120;

function AddAccount({ close }: { close: () => void }) {
    const { route } = useLocation();
    const [name, setName] = useState("");
    const [industry, setIndustry] = useState("");
    const [failed, setFailed] = useState<RpcError | null>(null);
    const save = async (event: Event) => {
        event.preventDefault();
        if (!name.trim()) return;
        try {
            const { id } = await call("record.put", { table: "account", fields: { name: name.trim(), ...(industry.trim() ? { industry: industry.trim() } : {}) } });
            close();
            route(`/accounts/${id}`);
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
        }
    };
    return (
        <Dialog title={t("accounts.add")} close={close}>
            <form class="stack" onSubmit={save}>
                <div class="field"><label for="new-name">{t("accounts.name")}</label><input id="new-name" type="text" required maxLength={200} value={name} onInput={(event) => setName(event.currentTarget.value)} /></div>
                <div class="field"><label for="new-industry">{t("accounts.industry")}</label><input id="new-industry" type="text" maxLength={200} value={industry} onInput={(event) => setIndustry(event.currentTarget.value)} /></div>
                {failed && <Failure error={failed} />}
                <p class="row"><button class="button main" type="submit">{t("accounts.add")}</button><button class="button plain" type="button" onClick={close}>{t("cancel")}</button></p>
            </form>
        </Dialog>
    );
}

export default function Accounts() {
    const [typed, setTyped] = useState("");
    const [wanted, setWanted] = useState("");
    const [limit, setLimit] = useState(page_size);
    const [adding, setAdding] = useState(false);
    useEffect(() => {
        const timer = setTimeout(() => { setWanted(typed.trim()); setLimit(page_size); }, settle_ms);
        return () => clearTimeout(timer);
    }, [typed]);
    const read = useQuery("record.list", { table: "account", order: "name", limit, ...(wanted ? { where: { name: { contains: wanted } } } : {}) }, ["account"]);
    const accounts = read.data?.records;
    return (
        <div class="page narrow">
            <Head title={t("nav.accounts")}>
                <button class="button main" type="button" onClick={() => setAdding(true)}><Plus size={18} aria-hidden="true" />{t("accounts.add")}</button>
            </Head>
            <div class="stack">
                <div class="field">
                    <label for="filter">{t("accounts.filter")}</label>
                    <input id="filter" type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
                </div>
                <p class="visually-hidden" role="status">{accounts && t("accounts.found", { n: accounts.length })}</p>
                {read.error && <Failure error={read.error} again={read.again} />}
                {!accounts ? <Loading /> : accounts.length === 0 ? (
                    <div class="card"><Empty icon={<Building2 size={32} aria-hidden="true" />} title={t(wanted ? "accounts.none_found" : "accounts.none")} /></div>
                ) : (
                    <ul class="list card">
                        {accounts.map((account) => (
                            <li key={account.id}>
                                <a class="whole row apart" href={`/accounts/${account.id}`}>
                                    <span class="grow"><span class="strong"><Said>{text(account, "name")}</Said></span>{text(account, "industry") && <><br /><span class="small soft"><Said>{text(account, "industry")}</Said></span></>}</span>
                                    <ChevronRight class="turn soft" size={18} aria-hidden="true" />
                                </a>
                            </li>
                        ))}
                    </ul>
                )}
                {accounts && read.data?.next && <p><button class="button" type="button" onClick={() => setLimit(limit + page_size * 2)}>{t("more")}</button></p>}
            </div>
            {adding && <AddAccount close={() => setAdding(false)} />}
        </div>
    );
}
