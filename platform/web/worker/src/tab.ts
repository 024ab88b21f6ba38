// One tab's way to the program. Each tab has a worker; the one that holds the lock runs the program, the others send it
// their requests. When it goes, the next one takes over, and what was under way is asked again or refused by name.
import type { Message } from "./core";
import { Owner } from "./owner";
import { doorLost, mayAskAgain, refusal } from "./rpc";
import type { HostState } from "./storage";

const lockName = "debrief.store";
const channelName = "debrief.door";

type Note =
    | { kind: "who" }
    | { kind: "owner"; owner: string; host: HostState; connected: boolean }
    | { kind: "request"; owner: string; from: string; message: Message }
    | { kind: "answer"; to: string; message: Message }
    | { kind: "news"; message: Message }
    | { kind: "connected"; connected: boolean };

export class Tab {
    private readonly name = crypto.randomUUID();
    private readonly channel: BroadcastChannel | null = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(channelName);
    /** Asked and not answered. */
    private readonly asked = new Map<number, { message: Message; id: Message["id"] }>();
    private lastId = 0;
    /** Who runs the program; null: nobody yet. */
    private ownerName: string | null = null;
    private owner: Owner | null = null;
    private failure: string | null = null;
    /** Whether some tab wants a live link to the server: who takes over goes on with it. */
    private connected = false;

    constructor(private readonly page: (message: Message) => void) {
        if (this.channel !== null) this.channel.onmessage = (event: MessageEvent<Note>) => this.hear(event.data);
    }

    start(): void {
        if (!("locks" in navigator)) {
            // Not a secure page: there is no storage to share either.
            void this.takeOver();
            return;
        }
        void navigator.locks.request(lockName, async () => {
            await this.takeOver();
            // Held until this worker ends.
            await new Promise(() => undefined);
        });
        this.say({ kind: "who" });
    }

    /** A request of this tab's page. */
    request(message: Message): void {
        const id = ++this.lastId;
        const entry = { message: { ...message, id }, id: message.id };
        if (message.id !== undefined) this.asked.set(id, entry);
        this.send(entry.message);
    }

    private send(message: Message): void {
        if (this.failure !== null) {
            this.answered(refusal(message.id, "io", this.failure, "Close other windows of this site, then reload the page."));
        } else if (this.owner !== null) {
            this.serve(this.owner, message, (answer) => this.answered(answer));
        } else if (this.ownerName !== null) {
            this.say({ kind: "request", owner: this.ownerName, from: this.name, message });
        }
        // Else it waits for somebody to take over.
    }

    private serve(owner: Owner, message: Message, reply: (answer: Message) => void): void {
        const connected = message.method === "sync.connect" ? true : message.method === "sync.disconnect" ? false : null;
        owner.serve(message, (answer) => {
            if (connected !== null && answer.error === undefined) {
                this.connected = connected;
                this.say({ kind: "connected", connected });
            }
            reply(answer);
        });
    }

    private answered(answer: Message): void {
        const entry = this.asked.get(Number(answer.id));
        if (entry === undefined) return;
        this.asked.delete(Number(answer.id));
        this.page({ ...answer, id: entry.id ?? null });
    }

    private hear(note: Note): void {
        switch (note.kind) {
            case "who":
                if (this.owner !== null) void this.announce(this.owner);
                break;
            case "owner":
                if (this.owner === null) this.follow(note.owner, note.host, note.connected);
                break;
            case "request":
                if (this.owner !== null && note.owner === this.name)
                    this.serve(this.owner, note.message, (message) => this.say({ kind: "answer", to: note.from, message }));
                break;
            case "answer":
                if (note.to === this.name) this.answered(note.message);
                break;
            case "news":
                this.page(note.message);
                break;
            case "connected":
                this.connected = note.connected;
                break;
        }
    }

    private follow(owner: string, host: HostState, connected: boolean): void {
        if (owner === this.ownerName) return;
        this.connected = connected;
        this.changeOwner(owner);
        this.page({ jsonrpc: "2.0", method: "host", params: { ...host, owner: false } });
        this.page({ jsonrpc: "2.0", method: "door", params: { state: "open" } });
    }

    /** What the last owner was asked and did not answer is asked again, where that does no harm; else its end is told. */
    private changeOwner(owner: string): void {
        const lost = this.ownerName !== null;
        this.ownerName = owner;
        if (lost) this.page({ jsonrpc: "2.0", method: "door", params: { state: "lost" } });
        for (const { message } of [...this.asked.values()]) {
            if (!lost || mayAskAgain(message.method ?? "")) {
                this.send(message);
            } else {
                this.answered(doorLost(message.id));
            }
        }
    }

    private async takeOver(): Promise<void> {
        try {
            const owner = await Owner.start((message) => {
                this.page(message);
                this.say({ kind: "news", message });
            });
            this.owner = owner;
            if (this.connected) owner.serve({ jsonrpc: "2.0", id: 0, method: "sync.connect", params: {} }, () => undefined);
            this.changeOwner(this.name);
            this.page({ jsonrpc: "2.0", method: "host", params: await owner.state() });
            this.page({ jsonrpc: "2.0", method: "door", params: { state: "open" } });
            await this.announce(owner);
        } catch (error) {
            this.failure = `The browser's storage cannot be used: ${error instanceof Error ? error.message : String(error)}`;
            for (const { message } of [...this.asked.values()]) this.send(message);
            this.page({ jsonrpc: "2.0", method: "door", params: { state: "lost" } });
        }
    }

    private async announce(owner: Owner): Promise<void> {
        this.say({ kind: "owner", owner: this.name, host: await owner.state(), connected: this.connected });
    }

    private say(note: Note): void {
        this.channel?.postMessage(note);
    }
}
