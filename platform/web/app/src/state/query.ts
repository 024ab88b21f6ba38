// Reading: what was read last is shown at once, and read again when records changed.
import { useEffect, useRef, useState } from "preact/hooks";
import type { MethodName, Params, Result } from "../backend/backend";
import { RpcError } from "../backend/backend";
import { call, onChanged } from "./program";

export interface Query<T> {
    data: T | undefined;
    error: RpcError | null;
    /** Reads again now. */
    again(): void;
}

const kept = new Map<string, unknown>();
const kept_most = 300;
const settle_ms = 60; // A sync brings many changes; one look afterwards will do.

function keep(key: string, value: unknown): void {
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > kept_most) kept.delete(kept.keys().next().value ?? "");
}

/** Forgets all that was read: after joining another workspace. */
export function forgetAll(): void {
    kept.clear();
}

/** Reads a method's result; `null` parameters read nothing. `tables`: changes of other tables do not matter. */
export function useQuery<M extends MethodName>(method: M, params: Params<M> | null, tables?: readonly string[]): Query<Result<M>> {
    const key = params === null ? "" : `${method} ${JSON.stringify(params)}`;
    const [, redraw] = useState(0);
    const failed = useRef<{ key: string; error: RpcError } | null>(null);
    const reading = useRef<() => void>(() => undefined);

    useEffect(() => {
        if (params === null) return;
        let alive = true;
        let timer: ReturnType<typeof setTimeout> | undefined;
        const read = () => {
            call(method, params).then(
                (result) => {
                    keep(key, result);
                    failed.current = null;
                    if (alive) redraw((n) => n + 1);
                },
                (error: unknown) => {
                    if (!alive) return;
                    const known = error instanceof RpcError ? error : new RpcError(-32603, String(error));
                    // A door that is lost is told in its own place; what was read stays.
                    if (known.data.code === "door_lost") return;
                    failed.current = { key, error: known };
                    redraw((n) => n + 1);
                },
            );
        };
        reading.current = read;
        read();
        const stop = onChanged((changed) => {
            if (tables && changed.length > 0 && !changed.some((table) => tables.includes(table))) return;
            clearTimeout(timer);
            timer = setTimeout(read, settle_ms);
        });
        return () => {
            alive = false;
            clearTimeout(timer);
            stop();
        };
    }, [key]);

    const error = failed.current?.key === key ? failed.current.error : null;
    return { data: kept.get(key) as Result<M> | undefined, error, again: () => reading.current() };
}
