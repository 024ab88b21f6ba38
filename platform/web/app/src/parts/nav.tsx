// The ways through the program: a rail on wide screens, a bar at the bottom of narrow ones.
import { BookOpenCheck, Building2, Settings, Sun, Users } from "lucide-preact";
import { useLocation } from "preact-iso";
import { info } from "../state/program";
import { t, type Key } from "../words";

interface Place {
    path: string;
    key: Key;
    icon: typeof Sun;
    for?: readonly string[];
}

const places: readonly Place[] = [
    { path: "/", key: "nav.today", icon: Sun },
    { path: "/accounts", key: "nav.accounts", icon: Building2 },
    { path: "/practice", key: "nav.practice", icon: BookOpenCheck },
    { path: "/team", key: "nav.team", icon: Users },
    { path: "/settings", key: "nav.settings", icon: Settings },
];

function here(path: string, place: Place): boolean {
    if (place.path === "/") return path === "/" || path.startsWith("/debrief");
    const also: Record<string, string[]> = { "/settings": ["/admin", "/waiting"], "/practice": ["/rehearsal"], "/team": ["/coaching"] };
    return [place.path, ...(also[place.path] ?? [])].some((start) => path.startsWith(start));
}

export function Places() {
    const { path } = useLocation();
    const role = info.value?.role ?? "rep";
    return (
            <ul>
                {places.filter((place) => !place.for || place.for.includes(role)).map((place) => (
                    <li key={place.path}>
                        <a href={place.path} aria-current={here(path, place) ? "page" : undefined}>
                            <place.icon size={21} aria-hidden="true" />
                            <span>{t(place.key)}</span>
                        </a>
                    </li>
                ))}
            </ul>
    );
}
