// Whose world words are about, as one bar with its figures beside it.
import "./focus_bar.css";
import type { Shares } from "../backend/schema";
import { t } from "../words";

export function FocusBar({ focus }: { focus: Shares }) {
    return (
        <div class="stack tight">
            <div class="focus">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="customer" width={focus.customer} height="10" />
                    <rect class="neutral" x={focus.customer} width={focus.neutral} height="10" />
                    <rect class="seller" x={focus.customer + focus.neutral} width={focus.seller} height="10" />
                </svg>
            </div>
            <p class="small">{t("focus.words", { customer: focus.customer, seller: focus.seller, neutral: focus.neutral })}</p>
        </div>
    );
}
