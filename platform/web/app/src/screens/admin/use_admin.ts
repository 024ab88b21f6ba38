// Administration answers only while the server is there; a change reads the list again.
import { useState } from "preact/hooks";
import { RpcError } from "../../backend/backend";
import { say } from "../../parts/toast";

export interface Attempt {
    failed: RpcError | null;
    busy: boolean;
    run(work: () => Promise<unknown>, done: string): Promise<boolean>;
}

export function useAttempt(after: () => void = () => undefined): Attempt {
    const [failed, setFailed] = useState<RpcError | null>(null);
    const [busy, setBusy] = useState(false);
    const run = async (work: () => Promise<unknown>, done: string) => {
        setBusy(true);
        setFailed(null);
        try {
            await work();
            if (done) say(done);
            after();
            return true;
        } catch (error) {
            if (error instanceof RpcError) setFailed(error);
            return false;
        } finally {
            setBusy(false);
        }
    };
    return { failed, busy, run };
}
