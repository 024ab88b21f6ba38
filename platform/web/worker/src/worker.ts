// The worker that a page starts: `new Worker("/core/worker.js", { type: "module" })`. Page and worker send each other
// JSON-RPC 2.0 objects; the methods are those of docs/rpc.md, and host.* of the worker itself.
import type { Message } from "./core";
import { refusal } from "./rpc";
import { Tab } from "./tab";

const tab = new Tab((message) => self.postMessage(message));

self.onmessage = (event: MessageEvent<unknown>) => {
    const message = event.data;
    if (typeof message !== "object" || message === null || Array.isArray(message)) {
        self.postMessage(refusal(null, "invalid", "A request is one JSON-RPC 2.0 object.", "Send them one by one."));
        return;
    }
    tab.request(message as Message);
};

tab.start();
