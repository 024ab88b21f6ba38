// Opens and closes what lies over every screen; what it shows is loaded when it is asked for first.
import { signal } from "@preact/signals";

export const overlay = signal<"palette" | "keys" | null>(null);

export function openPalette(): void {
    overlay.value = "palette";
}

export function openKeys(): void {
    overlay.value = "keys";
}

export function closeOverlay(): void {
    overlay.value = null;
}
