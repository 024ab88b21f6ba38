"""A WebSocket (RFC 6455) under a client, and an invitation. One thread, nothing but the standard library."""
import base64
import hashlib
import os
import re
import select
import socket
import ssl
import struct
import time

from codec import raw_of


class Refused(Exception):
    """The server did not welcome the WebSocket: status and header lines."""


class Link:
    def __init__(self, client, server):
        """`server`: http(s)://host:port, or an invitation to it."""
        found = re.fullmatch(r"(https?)://([^/:]+):(\d+)(?:/join#([\w-]+))?/?", server)
        self.tls, self.host, self.port, secret = found[1] == "https", found[2], int(found[3]), found[4]
        self.client, self.socket = client, None
        if secret:
            client.secret = raw_of(secret)

    def open(self):
        protocol = "debrief.1.json" if self.client.as_json else "debrief.1"
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket = socket.create_connection((self.host, self.port), timeout=5)
        if self.tls:
            self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=self.host)
        self.socket.sendall((f"GET /sync HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n").encode())
        self.buffer, self.text, self.code = b"", b"", None
        while b"\r\n\r\n" not in self.buffer:
            got = self.socket.recv(4096)
            if not got:
                raise Refused("no answer")
            self.buffer += got
        answer, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        first, *lines = answer.decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
        if " 101 " not in first + " " or headers.get("sec-websocket-accept") != accept or headers.get("sec-websocket-protocol") != protocol:
            self.drop()
            raise Refused(first, headers)
        self.client.open()
        return self

    def send(self, kind, data):
        size = struct.pack("!B", 128 | len(data)) if len(data) < 126 else \
            struct.pack("!BH", 254, len(data)) if len(data) < 65536 else struct.pack("!BQ", 255, len(data))
        mask = os.urandom(4)
        masked = (int.from_bytes(data, "big") ^ int.from_bytes((mask * (len(data) // 4 + 1))[:len(data)], "big")).to_bytes(len(data), "big")
        try:
            self.socket.sendall(bytes([128 | kind]) + size + mask + masked)
        except OSError:
            pass  # What the other side said before it went is still to be read; then its end is seen.

    def flush(self):
        while self.client.out:
            message = self.client.out.pop(0)
            self.send(1 if isinstance(message, str) else 2, message.encode() if isinstance(message, str) else message)

    def drop(self):
        """The line is cut, without a word."""
        if self.socket:
            self.socket.close()
            self.socket = None
            self.client.cut()

    def frames(self):
        """Whole WebSocket frames in the buffer."""
        while len(self.buffer) >= 2:
            first, size, at = self.buffer[0], self.buffer[1], 2
            if size > 125:
                at = 4 if size == 126 else 10
                size = int.from_bytes(self.buffer[2:at], "big")
            if len(self.buffer) < at + size:
                return
            data, self.buffer = self.buffer[at:at + size], self.buffer[at + size:]
            yield first, data

    def run(self, until, words, seconds=10, again=False):
        """Goes on until the condition is true; `again`: connects anew when the client wants to. Says what it waited for."""
        end = time.monotonic() + seconds
        while not until():
            if time.monotonic() > end:
                raise AssertionError(f"{words}: not within {seconds} s ({self.client.status()}, {self.client.problem})")
            self.client.tick()
            if self.client.closed and self.socket:
                self.send(8, struct.pack("!H", self.client.closed))
                self.drop()
            if self.socket is None:
                if again and self.client.state == "connecting":
                    try:
                        self.open()
                    except OSError:
                        self.client.cut()
                        self.socket = None
                time.sleep(0.02)
                continue
            self.flush()
            if select.select([self.socket], [], [], 0.05)[0]:
                try:
                    got = self.socket.recv(65536)
                except OSError:
                    got = b""
                self.buffer += got
                self.take()
                if not got:
                    self.drop()

    def take(self):
        for first, data in self.frames():
            kind = first & 15
            if kind == 8:
                self.code = int.from_bytes(data[:2], "big")
                self.send(8, data[:2])
                return self.drop()
            if kind == 9:
                self.send(10, data)
            if kind in (0, 1, 2):
                self.kind, self.text = kind or self.kind, self.text + data
                if first & 128:
                    message, self.text = self.text, b""
                    self.client.receive(message.decode("utf-8", "replace") if self.kind == 1 else message)
            if self.client.closed:
                return None
        return None
