// Full text over what this person may read.
import { SearchX } from "lucide-preact";
import { useLocation, useRoute } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import type { Hit } from "../backend/schema";
import { Empty, Failure, Head, NameOf } from "../parts/bits";
import { useQuery } from "../state/query";
import { t, term } from "../words";

const settle_ms = 150;

/** The words found stand in [brackets]. */
function Snippet({ text }: { text: string }) {
    return <bdi>{text.split(/(\[[^\]]*\])/g).map((part, index) => (part.startsWith("[") && part.endsWith("]") ? <mark key={index}>{part.slice(1, -1)}</mark> : part))}</bdi>;
}

function addressOf(hit: Hit): string | null {
    const account = hit.table === "account" ? hit.id : hit.account;
    if (!account) return null;
    if (hit.table === "contact" || hit.table === "stance") return `/accounts/${account}?tab=people`;
    if (hit.table === "commitment" || hit.table === "task") return `/accounts/${account}?tab=together`;
    if (hit.table === "meeting" || hit.table === "message") return `/accounts/${account}?tab=meetings`;
    if (hit.table.startsWith("plan") || hit.table === "call_plan" || hit.table === "contingency") return `/accounts/${account}/plan`;
    return `/accounts/${account}`;
}

function OneHit({ hit }: { hit: Hit }) {
    const address = addressOf(hit);
    const account = hit.table === "account" ? null : hit.account;
    const body = (
        <>
            <span class="tiny soft strong">{term("table", hit.table)}{account && <> · <NameOf table="account" id={account} /></>}</span><br />
            <Snippet text={hit.snippet} />
        </>
    );
    return <li>{address ? <a class="whole" href={address}>{body}</a> : body}</li>;
}

export default function Search() {
    const { query } = useRoute();
    const { route } = useLocation();
    const [typed, setTyped] = useState(query.q ?? "");
    const wanted = (query.q ?? "").trim();
    useEffect(() => {
        if (typed.trim() === wanted) return;
        const timer = setTimeout(() => route(`/search?q=${encodeURIComponent(typed.trim())}`, true), settle_ms);
        return () => clearTimeout(timer);
    }, [typed]);
    const read = useQuery("search", wanted ? { query: wanted, limit: 60 } : null);
    const hits = read.data?.hits;
    return (
        <div class="page narrow">
            <Head title={t("search.title")} />
            <div class="stack">
                <div class="field"><label for="q">{t("search.label")}</label><input id="q" type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} /></div>
                <p class="small soft" role="status">{hits && wanted && t("search.found", { n: hits.length })}</p>
                {read.error && <Failure error={read.error} />}
                {wanted && hits?.length === 0 && <div class="card"><Empty icon={<SearchX size={32} aria-hidden="true" />} title={t("search.nothing")} /></div>}
                {wanted && hits && hits.length > 0 && <ul class="list card">{hits.map((hit, index) => <OneHit key={index} hit={hit} />)}</ul>}
            </div>
        </div>
    );
}
