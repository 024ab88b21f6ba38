// Where a line is typed or dictated. What is typed and not sent is kept on this device and is there after a reload.
import { Mic, SendHorizontal, Square } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { call, door } from "../../state/program";
import { beforeUpdate } from "../../state/update";
import { t } from "../../words";
import { useDictation } from "./dictation";

interface Props {
    conversation: string;
    label: string;
    disabled: boolean;
    typing?: () => void;
    say(text: string): Promise<boolean>;
}

const keep_after_ms = 250;
const line_most = 60_000; // The program takes 64 KiB; letters may need more than a byte.

export function Composer({ conversation, label, disabled, typing, say }: Props) {
    const [text, setText] = useState("");
    const latest = useRef("");
    const kept = useRef("");
    const field = useRef<HTMLTextAreaElement>(null);
    latest.current = text;

    const keep = async () => {
        if (kept.current === latest.current) return;
        const now = latest.current;
        await call("chat.draft", { conversation, text: now });
        kept.current = now;
    };
    useEffect(() => {
        let alive = true;
        call("chat.draft", { conversation }).then((draft) => {
            if (!alive || latest.current) return;
            kept.current = draft.text;
            setText(draft.text);
        }, () => undefined);
        const keepNow = () => void keep().catch(() => undefined);
        addEventListener("pagehide", keepNow);
        const stop = beforeUpdate(keep);
        return () => {
            alive = false;
            keepNow();
            stop();
            removeEventListener("pagehide", keepNow);
        };
    }, [conversation]);
    useEffect(() => {
        const timer = setTimeout(() => void keep().catch(() => undefined), keep_after_ms);
        return () => clearTimeout(timer);
    }, [text]);

    const dictation = useDictation((words) => setText((old) => (old ? `${old.trimEnd()} ${words}` : words)));
    const send = async () => {
        const line = text.trim();
        if (!line || disabled || door.value !== "open") return;
        setText("");
        kept.current = "";
        // A line that was not stored goes back where it came from.
        if (!(await say(line))) setText((typed) => typed || line);
        field.current?.focus();
    };
    const onKey = (event: KeyboardEvent) => {
        const touch = matchMedia("(pointer: coarse)").matches;
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || (touch && !event.ctrlKey)) return;
        event.preventDefault();
        void send();
    };
    return (
        <form class="composer" onSubmit={(event) => { event.preventDefault(); void send(); }}>
            <label class="visually-hidden" for="line">{label}</label>
            <textarea id="line" ref={field} rows={1} dir="auto" value={text} placeholder={label} maxLength={line_most} autocapitalize="sentences"
                onInput={(event) => { setText(event.currentTarget.value); typing?.(); }} onKeyDown={onKey} />
            {dictation && (
                <button class="button icon" type="button" aria-pressed={dictation.on} aria-label={t(dictation.on ? "talk.dictate_stop" : "talk.dictate")} onClick={dictation.toggle}>
                    {dictation.on ? <Square size={18} aria-hidden="true" /> : <Mic size={20} aria-hidden="true" />}
                </button>
            )}
            <button class="button main icon" type="submit" disabled={disabled || !text.trim()} aria-label={t("talk.send")}><SendHorizontal class="turn" size={20} aria-hidden="true" /></button>
        </form>
    );
}
