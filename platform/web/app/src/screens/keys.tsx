// All keys, in one place.
import { Dialog } from "../parts/dialog";
import { t, type Key } from "../words";

export const keys: readonly [string[], Key][] = [
    [["Ctrl", "K"], "keys.palette"],
    [["/"], "keys.palette"],
    [["?"], "keys.this"],
    [["g", "t"], "nav.today"],
    [["g", "a"], "nav.accounts"],
    [["g", "p"], "nav.practice"],
    [["g", "m"], "nav.team"],
    [["g", "w"], "waiting.title"],
    [["g", "s"], "nav.settings"],
    [["Ctrl", "Z"], "keys.undo"],
    [["Ctrl", "Shift", "Z"], "keys.redo"],
    [["Ctrl", "Y"], "keys.redo"],
    [["Enter"], "keys.send"],
    [["Shift", "Enter"], "keys.newline"],
    [["Esc"], "keys.close"],
];

export default function Keys({ close }: { close: () => void }) {
    return (
        <Dialog title={t("keys.title")} close={close}>
            <table>
                <thead class="visually-hidden"><tr><th>{t("keys.key")}</th><th>{t("keys.does")}</th></tr></thead>
                <tbody>{keys.map(([names, key]) => <tr key={names.join()}><td class="nowrap" data-said>{names.map((name) => <kbd key={name}>{name}</kbd>)}</td><td>{t(key)}</td></tr>)}</tbody>
            </table>
            <p class="small soft">{t("keys.off")}</p>
        </Dialog>
    );
}
