// What stands where somebody's work stood, after an administrator cut the device off: what happened to it, and the way back.
import { KeyRound } from "lucide-preact";
import type { SyncStatus } from "../backend/schema";
import { Head } from "../parts/bits";
import { t } from "../words";
import { moment } from "../words/dates";

export default function CutOff({ wiped, alone }: { wiped: NonNullable<SyncStatus["wiped"]>; alone: () => void }) {
    return (
        <main>
            <div class="page narrow">
                <Head title={t("cut_off.title")} />
                <div class="card stack" role="alert">
                    <p class="strong">{wiped.cut_off_at ? t("cut_off.when", { time: moment(wiped.cut_off_at) }) : t("cut_off.by")}</p>
                    <p>{t("cut_off.wiped")}</p>
                    {wiped.handed_over > 0 && <p>{t("cut_off.handed_over", { n: wiped.handed_over })}</p>}
                    {wiped.lost > 0 && <p>{t("cut_off.lost", { n: wiped.lost })}</p>}
                    <p>{t("cut_off.next")}</p>
                    <p class="row"><a class="button main large" href="/join"><KeyRound size={20} aria-hidden="true" />{t("welcome.have_invitation")}</a><button class="button plain" type="button" onClick={alone}>{t("welcome.alone")}</button></p>
                </div>
            </div>
        </main>
    );
}
