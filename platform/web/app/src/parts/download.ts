/** Hands a text to the person as a file. */
export function download(name: string, type: string, content: string | Uint8Array<ArrayBuffer>): void {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    const soon_ms = 10_000;
    setTimeout(() => URL.revokeObjectURL(url), soon_ms);
}
