"""A raw client of the sync protocol (docs/sync.md), in the standard library alone: it sends whatever a test likes.

Speaks `debrief.1.json`; the changesets inside are CBOR all the same. Loopback only, every wait is bounded."""
import base64
import json
import os
import socket
import struct

import ed25519

LIMIT = 10  # Seconds that any single message may take.


class Closed(Exception):
    """The server has closed the connection; with a code if it said goodbye on the way."""

    def __init__(self, words, code=None):
        super().__init__(words)
        self.code = code


class Bytes64(dict):
    """Bytes as the JSON form of the protocol has them."""

    def __init__(self, raw):
        super().__init__({"~": base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()})


def raw_of(value):
    text = value["~"]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cbor(value):
    """Deterministic CBOR (RFC 8949, 4.2.1) of None, bool, int, str, bytes, list and dict."""
    def head(major, count):
        if count < 24:
            return bytes([major << 5 | count])
        for code, form, top in ((24, ">B", 1 << 8), (25, ">H", 1 << 16), (26, ">I", 1 << 32), (27, ">Q", 1 << 64)):
            if count < top:
                return bytes([major << 5 | code]) + struct.pack(form, count)
        raise ValueError(count)

    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, str):
        raw = value.encode()
        return head(3, len(raw)) + raw
    if isinstance(value, (bytes, bytearray)):
        return head(2, len(value)) + bytes(value)
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(cbor(one) for one in value)
    pairs = sorted((cbor(key), cbor(one)) for key, one in value.items())
    return head(5, len(pairs)) + b"".join(key + one for key, one in pairs)


def uuid_bytes(text):
    return bytes.fromhex(text.replace("-", ""))


def new_id():
    """A UUID of version 7, drawn here."""
    raw = bytearray(os.urandom(16))
    raw[0:6] = (0x01977420DC00).to_bytes(6, "big")
    raw[6], raw[8] = raw[6] & 0x0F | 0x70, raw[8] & 0x3F | 0x80
    text = raw.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class RawClient:
    """One WebSocket to a server's /sync, or to another path and host."""

    def __init__(self, port, protocol="debrief.1.json", receive_buffer=None, headers="", tls=None, path="/sync", host=None):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(LIMIT)
        self.socket.connect(("127.0.0.1", port))
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="127.0.0.1")
        key = base64.b64encode(os.urandom(16)).decode()
        offer = f"Sec-WebSocket-Protocol: {protocol}\r\n" if protocol else ""
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: {host or f'127.0.0.1:{port}'}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                             f"{offer}{headers}\r\n").encode())
        self.waiting = b""
        while b"\r\n\r\n" not in self.waiting:
            self._more()
        answer, self.waiting = self.waiting.split(b"\r\n\r\n", 1)
        self.status = int(answer.split()[1])
        if self.status != 101:
            self.socket.close()
            raise Closed(answer.decode(errors="replace"))

    def _more(self):
        try:
            got = self.socket.recv(65536)
        except ConnectionError as lost:
            raise Closed(str(lost)) from lost
        if not got:
            raise Closed("end")
        self.waiting += got

    def _take(self, count):
        while len(self.waiting) < count:
            self._more()
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        return taken

    def send_raw(self, payload, opcode=1, masked=True, claim=None, final=True):
        """One WebSocket frame. `claim` says another length than there is; unmasked ones break RFC 6455."""
        size = len(payload) if claim is None else claim
        bit = 0x80 if masked else 0
        head = bytes([(0x80 if final else 0) | opcode])
        if size < 126:
            head += bytes([bit | size])
        elif size < 1 << 16:
            head += bytes([bit | 126]) + struct.pack(">H", size)
        else:
            head += bytes([bit | 127]) + struct.pack(">Q", size)
        # A mask of zeros is allowed, and leaves the bytes readable.
        try:
            self.socket.sendall(head + (b"\0\0\0\0" if masked else b"") + payload)
        except ConnectionError as lost:
            raise Closed(str(lost)) from lost

    def send(self, **frame):
        self.send_raw(json.dumps(frame).encode())

    def read(self):
        """The next message as a map. Closed if there will be none."""
        while True:
            first, second = self._take(2)
            size = second & 0x7F
            if size == 126:
                size = struct.unpack(">H", self._take(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self._take(8))[0]
            payload = self._take(size)
            if first & 0x0F == 8:
                raise Closed(payload[2:].decode(errors="replace"), struct.unpack(">H", payload[:2])[0] if size >= 2 else None)
            if first & 0x0F in (1, 2):
                return json.loads(payload)

    def read_kind(self, *kinds):
        """The next message of these kinds; others are left out."""
        while True:
            said = self.read()
            if said["k"] in kinds:
                return said

    def goodbye(self):
        """The code of the goodbye, or 'closed' if the socket went without one."""
        try:
            return self.read_kind("bye")["c"]
        except Closed:
            return "closed"

    def close(self):
        self.socket.close()


class RawDevice:
    """A device that was enrolled properly, and then does as it likes."""

    def __init__(self, port, invitation, incarnation=4711):
        self.port, self.incarnation, self.last_n, self.seed = port, incarnation, 0, os.urandom(32)
        client = RawClient(port)
        client.send(k="enrol", secret=Bytes64(secret_of(invitation)), name="raw", inc=incarnation,
                    key=Bytes64(ed25519.public_key(self.seed)), cat=1)
        said = client.read()
        if said["k"] != "enrolled":
            raise Closed(json.dumps(said))
        client.close()
        self.device, self.token, self.user = raw_of(said["device"]), raw_of(said["token"]), raw_of(said["user"])
        self.server = raw_of(said["server"])

    def proof(self, nonce, seed=None):
        """The signature over a challenge's nonce."""
        message = b"debrief.prove.v1" + self.server + self.device + self.incarnation.to_bytes(8, "big") + nonce
        return Bytes64(ed25519.sign(seed or self.seed, message))

    def hello(self, client, **changed):
        frame = {"k": "hello", "device": Bytes64(self.device), "token": Bytes64(self.token), "inc": self.incarnation,
                 "n": self.last_n, "fin": self.last_n, "cat": 1}
        frame.update(changed)
        client.send(**frame)

    def greeted(self, **options):
        client = RawClient(self.port, **options)
        self.hello(client)
        welcome = client.read_kind("welcome", "bye")
        if welcome["k"] != "welcome":
            raise Closed(json.dumps(welcome))
        return client, welcome

    def changeset(self, n, scope, records, time=None, device=None, **extra):
        """The bytes of a changeset. records: [(table, id, {field: value})]; a value of bytes is an identifier."""
        written = [{"f": [{"f": name, "v": value} for name, value in sorted(fields.items())], "i": uuid_bytes(record), "t": table}
                   for table, record, fields in records]
        whole = {"c": 1, "d": [device or self.device, self.incarnation], "n": n, "r": written, "s": scope,
                 "t": (1750000000000 << 16) if time is None else time, "v": 1}
        whole.update(extra)
        return cbor(whole)

    def push(self, client, n, *payloads):
        """The results of these changesets."""
        client.send(k="push", n=n, c=[Bytes64(one) for one in payloads])
        said = client.read_kind("results", "bye")
        if said["k"] == "bye":
            raise Closed("bye " + said["c"])
        return said.get("r", [])


def secret_of(invitation):
    text = invitation.strip().split("#")[-1]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
