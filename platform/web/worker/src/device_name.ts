/** What the administrator's list shows for this browser: "Chrome on Android". */
export function deviceName(agent: string): string {
    const browser =
        /Edg\//.test(agent) ? "Edge"
        : /Firefox\//.test(agent) ? "Firefox"
        : /Chrome\//.test(agent) ? "Chrome"
        : /Safari\//.test(agent) ? "Safari"
        : "a browser";
    const system =
        /Android/.test(agent) ? "Android"
        : /iPhone|iPad/.test(agent) ? "iOS"
        : /Windows/.test(agent) ? "Windows"
        : /Mac OS/.test(agent) ? "macOS"
        : /Linux/.test(agent) ? "Linux"
        : "";
    return system === "" ? browser : `${browser} on ${system}`;
}
