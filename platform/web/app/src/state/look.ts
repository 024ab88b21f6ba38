// What is chosen for this browser only: language, light or dark, keys. Kept here, never synced.
import { signal } from "@preact/signals";
import type { Language } from "../words";

export type Theme = "system" | "light" | "dark";

function kept(name: string): string | null {
    try {
        return localStorage.getItem(`debrief.${name}`);
    } catch {
        return null; // Storage that is closed to us.
    }
}

function keep(name: string, value: string): void {
    try {
        localStorage.setItem(`debrief.${name}`, value);
    } catch {
        // The choice then holds for this page only.
    }
}

export const theme = signal<Theme>((kept("theme") as Theme | null) ?? "system");
/** Single-key shortcuts; those with Ctrl or Cmd always work. */
export const singleKeys = signal(kept("keys") !== "off");

export function chooseTheme(next: Theme): void {
    theme.value = next;
    keep("theme", next);
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
}

export function chooseSingleKeys(on: boolean): void {
    singleKeys.value = on;
    keep("keys", on ? "on" : "off");
}

export function keepLanguage(next: Language): void {
    keep("language", next);
}

/** Chosen here, else the user's, else the browser's. */
export function chosenLanguage(ofUser: string | undefined): Language {
    const here = kept("language");
    if (here === "en" || here === "de" || here === "pseudo") return here;
    if (ofUser === "de" || ofUser === "en") return ofUser;
    return navigator.language.startsWith("de") ? "de" : "en";
}
