import "./style/base.css";
import "./style/parts.css";
import "./style/shell.css";
import { render } from "preact";
import { App } from "./app";
import { RpcError } from "./backend/backend";
import { chooseBackend } from "./backend/choose";
import { StartFailed } from "./screens/start_failed";
import { info, start } from "./state/program";
import { chosenLanguage } from "./state/look";
import { say } from "./parts/toast";
import { watchForUpdates } from "./state/update";
import { speak } from "./words";

async function begin(root: HTMLElement): Promise<void> {
    try {
        const backend = await chooseBackend();
        await Promise.race([start(backend), refused(backend)]);
        await speak(chosenLanguage(info.value?.language));
        root.replaceChildren();
        render(<App />, root);
    } catch (error) {
        await speak(chosenLanguage(undefined));
        root.replaceChildren();
        render(<StartFailed error={error} />, root);
    }
    watchForUpdates();
}

/** A door that will never open must not leave an empty page. */
function refused(backend: Awaited<ReturnType<typeof chooseBackend>>): Promise<never> {
    return new Promise((_, reject) => {
        backend.on((told) => {
            if (told.method === "door" && told.params.state === "refused") reject(new Error("refused"));
        });
    });
}

// Whatever fails without a place of its own is said all the same: a press that did nothing must not look like one that did.
addEventListener("unhandledrejection", ({ reason }) => {
    if (reason instanceof RpcError) say([reason.data.reason ?? reason.message, reason.data.hint].filter(Boolean).join(" "));
});

const root = document.getElementById("app");
if (root) void begin(root);
