// Shown instead of everything else when the program cannot be reached or cannot start.
import { RpcError } from "../backend/backend";
import { t } from "../words";

export function StartFailed({ error }: { error: unknown }) {
    const refused = error instanceof Error && error.message === "refused";
    return (
        <main class="page narrow">
            <div class="card stack">
                <h1>{t(refused ? "start.refused" : "start.failed")}</h1>
                <p>{t(refused ? "start.refused_next" : "start.failed_next")}</p>
                {error instanceof RpcError && <p class="soft small"><bdi>{error.data.reason ?? error.message}</bdi> <bdi>{error.data.hint}</bdi></p>}
                {!refused && <p><button class="button main" type="button" onClick={() => location.reload()}>{t("retry")}</button></p>}
            </div>
        </main>
    );
}
