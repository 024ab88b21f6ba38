// What an administrator does: people, teams, who serves which customer, devices, playbooks. The server decides each time,
// so all of it needs a connection.
import "./admin.css";
import { useLocation, useRoute } from "preact-iso";
import { Head } from "../../parts/bits";
import { Tabs } from "../../parts/tabs";
import { t } from "../../words";
import { Assignments } from "./assignments";
import { Devices } from "./devices";
import { Handovers } from "./handovers";
import { Playbooks } from "./playbooks";
import { Teams } from "./teams";
import { Users } from "./users";

export default function Admin() {
    const { query } = useRoute();
    const { route } = useLocation();
    const tabs = [
        { value: "users", label: t("admin.users"), content: () => <Users /> },
        { value: "teams", label: t("admin.teams"), content: () => <Teams /> },
        { value: "assignments", label: t("admin.assignments"), content: () => <Assignments /> },
        { value: "devices", label: t("admin.devices"), content: () => <Devices /> },
        { value: "playbooks", label: t("admin.playbooks"), content: () => <Playbooks /> },
        { value: "handover", label: t("admin.handover"), content: () => <Handovers /> },
    ];
    return (
        <div class="page">
            <Head title={t("admin.title")} />
            <Tabs label={t("admin.title")} tabs={tabs} value={query.tab ?? "users"} choose={(value) => route(`/admin?tab=${value}`, true)} />
        </div>
    );
}
