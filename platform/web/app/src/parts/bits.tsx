// Small things that many screens are made of.
import { AlertTriangle } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { RpcError } from "../backend/backend";
import { useName } from "../state/names";
import { has, t } from "../words";
import { focusHeading } from "./arrival";

/** Words that somebody typed: as text, in their own direction, never part of a sentence's. */
export function Said({ children }: { children: ComponentChildren }) {
    return <bdi>{children}</bdi>;
}

/** A longer text of a person or the bot, with its line breaks. */
export function Words({ children, class: name = "" }: { children: ComponentChildren; class?: string }) {
    return <p class={`lines ${name}`} dir="auto" data-said>{children}</p>;
}

export function NameOf({ table, id }: { table: "account" | "contact" | "user" | "meeting"; id: string | null | undefined }) {
    const name = useName(table, id);
    return <bdi>{name || "…"}</bdi>;
}

/** The head of a screen. */
export function Head({ title, over, children }: { title: ComponentChildren; over?: ComponentChildren; children?: ComponentChildren }) {
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(focusHeading, []);
    useEffect(() => {
        document.title = `${heading.current?.textContent ?? ""} · Debrief`;
    });
    return (
        <header class="head">
            <div class="grow">
                {over && <p class="over">{over}</p>}
                <h1 ref={heading} tabIndex={-1} id="page-title">{title}</h1>
            </div>
            {children && <div class="row no-print">{children}</div>}
        </header>
    );
}

export function Section({ title, beside, children, id }: { title: ComponentChildren; beside?: ComponentChildren; children: ComponentChildren; id: string }) {
    return (
        <section aria-labelledby={id}>
            <div class="section-head">
                <h2 id={id}>{title}</h2>
                {beside}
            </div>
            {children}
        </section>
    );
}

export function Loading() {
    return <div class="loading"><span>{t("loading")}</span></div>;
}

/** The hint, unless it is a command for the terminal: then what helps on a page. */
function hintOf(error: RpcError): string {
    const hint = error.data.hint ?? "";
    if (!/\bdebrief [a-z]/.test(hint)) return hint;
    const key = `hint.${error.data.code ?? ""}`;
    return has(key) ? t(key) : "";
}

/** What went wrong, and what to do next. */
export function Failure({ error, again }: { error: RpcError; again?: () => void }) {
    return (
        <div class="failure" role="alert">
            <p class="row strong"><AlertTriangle size={20} aria-hidden="true" /> <Said>{error.data.reason ?? error.message}</Said></p>
            {hintOf(error) && <p><Said>{hintOf(error)}</Said></p>}
            {again && <p><button class="button" type="button" onClick={again}>{t("retry")}</button></p>}
        </div>
    );
}

export function Empty({ icon, title, children }: { icon?: ComponentChildren; title: string; children?: ComponentChildren }) {
    return (
        <div class="empty">
            {icon}
            <p class="strong">{title}</p>
            {children}
        </div>
    );
}
