// The browser's WebSocket as the module sees it: whole messages, and those that are there already told together.

export interface SocketEvents {
    opened(): void;
    messages(all: Uint8Array[]): void;
    /** Once. `wasOpen`: whether it had come up. */
    closed(wasOpen: boolean, reason: string): void;
}

/** What has come is given on at the latest when it is so much. */
const gatheredMax = 1 << 20;

export class Socket {
    private readonly socket: WebSocket;
    private wasOpen = false;
    private over = false;
    private gathered: Uint8Array[] = [];
    private gatheredBytes = 0;

    constructor(
        url: string,
        subprotocol: string,
        private readonly events: SocketEvents,
    ) {
        this.socket = new WebSocket(url, subprotocol);
        this.socket.binaryType = "arraybuffer";
        this.socket.onopen = () => {
            this.wasOpen = true;
            this.events.opened();
        };
        this.socket.onmessage = (event) => {
            if (event.data instanceof ArrayBuffer) this.gather(new Uint8Array(event.data));
        };
        this.socket.onclose = (event) => this.end(event.reason);
    }

    send(bytes: Uint8Array<ArrayBuffer>): void {
        if (this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes);
    }

    /** Sends what it was given, then closes. */
    close(code: number, reason: string): void {
        this.socket.close(code, reason);
    }

    private gather(message: Uint8Array): void {
        this.gathered.push(message);
        this.gatheredBytes += message.length;
        if (this.gatheredBytes >= gatheredMax) return this.give();
        // Messages that have arrived wait as tasks of their own in front of this one.
        if (this.gathered.length === 1) setTimeout(() => this.give(), 0);
    }

    private give(): void {
        const all = this.gathered;
        this.gathered = [];
        this.gatheredBytes = 0;
        if (all.length > 0) this.events.messages(all);
    }

    private end(reason: string): void {
        if (this.over) return;
        this.over = true;
        this.give();
        this.events.closed(this.wasOpen, reason);
    }
}
