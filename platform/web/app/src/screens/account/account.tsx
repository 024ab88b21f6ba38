// One customer: the journey, the people, what shifted, what both sides do next. Also as it stood on an earlier day.
import "./account.css";
import { ClipboardList, MessageCircle, Users } from "lucide-preact";
import { useLocation, useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Failure, Head, Loading, Said } from "../../parts/bits";
import { Tabs } from "../../parts/tabs";
import { text, useRecord } from "../../state/names";
import { useQuery } from "../../state/query";
import { t } from "../../words";
import { AddMeeting, AddPerson } from "./adding";
import { Dimensions, Picture } from "./dimensions";
import { Meetings } from "./meetings";
import { People } from "./people";
import { ReviewStart } from "./review_start";
import { RiskCard } from "./risk";
import { Shifts } from "./shifts";
import { TimeSlider } from "./time_slider";
import { Together } from "./together";

const journey_tables = ["observation", "stance", "commitment", "contact", "opportunity"];
const beginning = "2000-01-01";

export default function Account() {
    const { params, query } = useRoute();
    const { route } = useLocation();
    const id = params.id ?? "";
    const [at, setAt] = useState<string | null>(null);
    const [open, setOpen] = useState<"person" | "meeting" | "review" | null>(null);
    const account = useRecord("account", id);
    const read = useQuery("journey.get", { account: id, ...(at ? { at } : {}) }, journey_tables);
    const changes = useQuery("journey.changes", { account: id, from: beginning }, journey_tables).data?.changes ?? [];
    const tab = query.tab ?? "journey";
    const journey = read.data;
    if (read.error) return <div class="page"><Head title={t("accounts.not_there")} /><Failure error={read.error} again={read.again} /></div>;
    if (!account || (!journey && at === null)) return <div class="page"><Loading /></div>;
    const shown = changes.filter((change) => at === null || change.on <= at);
    const close = () => setOpen(null);
    const tabs = journey ? [
        { value: "journey", label: t("tab.journey"), content: () => <div class="stack wide"><Picture journey={journey} />{at === null && <RiskCard risk={journey.risk} />}<Dimensions journey={journey} /></div> },
        { value: "people", label: t("tab.people"), content: () => <People people={journey.people} changes={shown} add={() => setOpen("person")} now={at === null} /> },
        { value: "shifts", label: t("tab.shifts"), content: () => <Shifts changes={shown} /> },
        { value: "together", label: t("tab.together"), content: () => <Together account={id} theirs={journey.commitments} now={at === null} /> },
        { value: "meetings", label: t("tab.meetings"), content: () => <Meetings account={id} add={() => setOpen("meeting")} /> },
    ] : [];
    return (
        <div class="page">
            <Head title={<Said>{text(account, "name")}</Said>} over={<Said>{text(account, "industry")}</Said>}>
                <a class="button main" href={`/debrief/new?account=${id}`}><MessageCircle size={18} aria-hidden="true" />{t("today.debrief")}</a>
                <a class="button" href={`/accounts/${id}/plan`}><ClipboardList size={18} aria-hidden="true" />{t("plan.title")}</a>
                <button class="button" type="button" onClick={() => setOpen("review")}><Users size={18} aria-hidden="true" />{t("review.start")}</button>
            </Head>
            <div class="stack">
                <TimeSlider changes={changes} at={at} choose={setAt} />
                {journey ? (
                    <div class={at === null ? "" : "then"}>
                        <Tabs label={t("tab.label")} tabs={tabs} value={tab} choose={(value) => route(`/accounts/${id}?tab=${value}`, true)} />
                    </div>
                ) : <Loading />}
            </div>
            {open === "person" && <AddPerson account={id} close={close} />}
            {open === "meeting" && <AddMeeting account={id} close={close} />}
            {open === "review" && <ReviewStart account={id} close={close} />}
        </div>
    );
}
