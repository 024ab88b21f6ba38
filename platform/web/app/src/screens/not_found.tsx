import { Compass } from "lucide-preact";
import { Empty, Head } from "../parts/bits";
import { t } from "../words";

export default function NotFound() {
    return (
        <div class="page narrow">
            <Head title={t("not_found.title")} />
            <div class="card"><Empty icon={<Compass size={32} aria-hidden="true" />} title={t("not_found.text")}><a class="button main" href="/">{t("done.today")}</a></Empty></div>
        </div>
    );
}
