// What belongs to this device: language and look, storage, export and import, erasing, joining, and where to find the rest.
import { ShieldCheck } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Head, Said, Section } from "../../parts/bits";
import { call, info } from "../../state/program";
import { chooseSingleKeys, chooseTheme, keepLanguage, singleKeys, theme, type Theme } from "../../state/look";
import { language, speak, t } from "../../words";
import { openKeys } from "../../parts/palette_door";
import { BringIn } from "./bring_in";
import { Erase } from "./erase";
import { Export } from "./export";
import { Storage } from "./storage";

/** What the program writes first, so that the screens that are drawn anew have it. */
async function choose(next: "en" | "de"): Promise<void> {
    keepLanguage(next);
    await call("language.choose", { language: next }).catch(() => {}); // Then the page alone changes.
    await speak(next);
}

function Look() {
    return (
        <Section id="look" title={t("settings.look")}>
            <div class="card stack">
                <fieldset class="segments">
                    <legend>{t("settings.language")}</legend>
                    {(["en", "de"] as const).map((one) => (
                        <label key={one}><input type="radio" name="language" checked={language.value === one} onChange={() => void choose(one)} /><span lang={one} data-said>{one === "en" ? "English" : "Deutsch"}</span></label>
                    ))}
                </fieldset>
                <fieldset class="segments">
                    <legend>{t("settings.theme")}</legend>
                    {(["system", "light", "dark"] as const satisfies readonly Theme[]).map((one) => (
                        <label key={one}><input type="radio" name="theme" checked={theme.value === one} onChange={() => chooseTheme(one)} /><span>{t(`theme.${one}`)}</span></label>
                    ))}
                </fieldset>
                <label class="choice"><input type="checkbox" checked={singleKeys.value} onChange={(event) => chooseSingleKeys(event.currentTarget.checked)} />{t("settings.single_keys")}</label>
                <p><button class="button" type="button" onClick={openKeys}>{t("keys.title")}</button></p>
            </div>
        </Section>
    );
}

/** `/settings#export` leads to its part; the router knows nothing of fragments. */
function useFragment(): void {
    useEffect(() => {
        const part = location.hash && document.getElementById(location.hash.slice(1));
        if (part) part.scrollIntoView();
    }, []);
}

export default function Settings() {
    useFragment();
    const me = info.value;
    return (
        <div class="page narrow">
            <Head title={t("nav.settings")} />
            <div class="stack wide">
                <div class="card row apart">
                    <p class="grow"><span class="strong"><Said>{me?.user_name}</Said></span><br /><span class="small soft"><Said>{me?.workspace_name}</Said> · {t(`role.${me?.role ?? "rep"}` as "role.rep")}</span></p>
                    {me?.role === "admin" && me.enrolled && <a class="button" href="/admin"><ShieldCheck size={18} aria-hidden="true" />{t("admin.title")}</a>}
                </div>
                <Look />
                <Storage />
                <Export />
                <BringIn />
                {!me?.enrolled && (
                    <Section id="join" title={t("settings.join")}>
                        <div class="card stack"><p class="small soft">{t("settings.join_note")}</p><p><a class="button" href="/join">{t("welcome.have_invitation")}</a></p></div>
                    </Section>
                )}
                <Erase />
                <p class="tiny soft">{t("settings.version", { version: me?.version ?? "" })}</p>
            </div>
        </div>
    );
}
