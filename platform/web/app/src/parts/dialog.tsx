// The browser's own modal dialog: it holds the focus, gives it back, and Escape closes it.
import type { ComponentChildren } from "preact";
import { X } from "lucide-preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../words";

export function Dialog({ title, close, children }: { title: ComponentChildren; close: () => void; children: ComponentChildren }) {
    const box = useRef<HTMLDialogElement>(null);
    const id = useId();
    useEffect(() => {
        const dialog = box.current;
        dialog?.showModal();
        return () => dialog?.close();
    }, []);
    return (
        <dialog ref={box} aria-labelledby={id} onClose={close} onClick={(event) => event.target === box.current && close()}>
            <div class="stack">
                <div class="row apart top">
                    <h2 id={id} class="grow">{title}</h2>
                    <button class="button plain icon" type="button" onClick={close} aria-label={t("close")}><X size={20} aria-hidden="true" /></button>
                </div>
                {children}
            </div>
        </dialog>
    );
}
