// Which review to open with colleagues; an open one of the kind is joined.
import { ChevronRight } from "lucide-preact";
import { Dialog } from "../../parts/dialog";
import { t } from "../../words";

const kinds = ["deal_review", "plan_review", "competitive_review"] as const;

export function ReviewStart({ account, close }: { account: string; close: () => void }) {
    return (
        <Dialog title={t("review.which")} close={close}>
            <p class="small soft">{t("review.note")}</p>
            <ul class="list">
                {kinds.map((kind) => (
                    <li key={kind}>
                        <a class="whole row apart" href={`/review/new?account=${account}&kind=${kind}`}>
                            <span class="grow"><span class="strong">{t(`kind.${kind}`)}</span><br /><span class="small soft">{t(`review.about_${kind}`)}</span></span>
                            <ChevronRight class="turn soft" size={18} aria-hidden="true" />
                        </a>
                    </li>
                ))}
            </ul>
        </Dialog>
    );
}
