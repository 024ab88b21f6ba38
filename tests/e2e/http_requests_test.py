#!/usr/bin/env python3
"""Raw HTTP/1.1 requests, right and wrong, against the server's port: each gets the answer of the table within two seconds,
or none where more of it must come first. After the table of h1spec. Loopback only."""
import socket
import sys
import time

from house import House, check

HOST = b"Host: 127.0.0.1\r\n"
OK, BAD, WAITS = {200}, {400}, None
UPGRADE = (b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
           b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: debrief.1\r\n")

REQUESTS = [
    # (what, bytes, statuses that may come)
    ("a right one", b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n", OK),
    ("HTTP/1.0 without a host", b"GET /healthz HTTP/1.0\r\n\r\n", OK),
    ("a header in capitals", b"GET /healthz HTTP/1.1\r\nHOST: x\r\n\r\n", OK),
    ("spaces around a value", b"GET /healthz HTTP/1.1\r\nHost:   x   \r\n\r\n", OK),
    ("a query", b"GET /healthz?x=1 HTTP/1.1\r\n" + HOST + b"\r\n", OK),
    ("a header that nobody knows", b"GET /healthz HTTP/1.1\r\n" + HOST + b"X-Y: \xff\xfe\r\n\r\n", OK | BAD),
    ("no host", b"GET /healthz HTTP/1.1\r\n\r\n", BAD),
    ("two hosts", b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", BAD),
    ("two hosts in one", b"GET /healthz HTTP/1.1\r\nHost: a, b\r\n\r\n", BAD),
    ("a host with a path", b"GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n", BAD),
    ("a host with a user", b"GET /healthz HTTP/1.1\r\nHost: u@a\r\n\r\n", BAD),
    ("no host at an upgrade", b"GET /sync HTTP/1.1\r\n" + UPGRADE + b"\r\n", BAD),
    ("a foreign page", b"GET /sync HTTP/1.1\r\n" + HOST + b"Origin: http://evil.example\r\n" + UPGRADE + b"\r\n", {403}),
    ("two origins, one ours", b"GET /sync HTTP/1.1\r\n" + HOST + b"Origin: http://127.0.0.1\r\nOrigin: http://evil.example\r\n" + UPGRADE + b"\r\n", {403}),
    ("a socket elsewhere", b"GET /other HTTP/1.1\r\n" + HOST + UPGRADE + b"\r\n", {404}),
    ("no method", b" /healthz HTTP/1.1\r\n" + HOST + b"\r\n", BAD),
    ("a method that is none", b"G<ET /healthz HTTP/1.1\r\n" + HOST + b"\r\n", BAD),
    ("an unknown method", b"BREW /healthz HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
    ("POST", b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n\r\n", {405}),
    ("no target", b"GET HTTP/1.1\r\n" + HOST + b"\r\n", BAD),
    ("a space in the target", b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n", BAD),
    ("a control byte in the target", b"GET /a\x01b HTTP/1.1\r\n" + HOST + b"\r\n", BAD),
    ("a NUL in a header's value", b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n", BAD),
    ("a space before the colon", b"GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n", BAD),
    ("a header without a colon", b"GET /healthz HTTP/1.1\r\nHost\r\n\r\n", BAD),
    ("a header without a name", b"GET /healthz HTTP/1.1\r\n" + HOST + b": x\r\n\r\n", BAD),
    ("a bare line feed", b"GET /healthz HTTP/1.1\nHost: x\n\n", BAD | {200}),
    ("a carriage return alone", b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\rb\r\n\r\n", BAD),
    ("no version", b"GET /healthz\r\n\r\n", BAD),
    ("HTTP/2.0", b"GET /healthz HTTP/2.0\r\n" + HOST + b"\r\n", {400, 505}),
    ("HTTP/9", b"GET /healthz HTTP/9\r\n" + HOST + b"\r\n", BAD),
    ("a length that is no number", b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: ten\r\n\r\n", BAD),
    ("a negative length", b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n", BAD),
    ("two lengths", b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", BAD),
    ("a length and chunks", b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", BAD),
    ("a chunk that is no number", b"POST /healthz HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", BAD),
    ("a body over the limit", b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 1000000\r\n\r\n", {413}),
    ("a header over the limit", b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 20000 + b"\r\n\r\n", {431, 400}),
    ("TLS on a plain port", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40, BAD),
    ("another protocol", b"SSH-2.0-OpenSSH_9.2\r\n", BAD),
    ("half a request line", b"GET /heal", WAITS),
    ("a request without its last line", b"GET /healthz HTTP/1.1\r\n" + HOST, WAITS),
    ("a body that has not come", b"POST /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nab", WAITS),
    ("nothing", b"", WAITS),
]


def answer(port, request, seconds=2.0):
    """The status, 0 for a close without an answer, None if it waits."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as peer:
        try:
            peer.sendall(request)
            said = b""
            while b"\r\n" not in said:
                got = peer.recv(4096)
                if not got:
                    return 0
                said += got
        except socket.timeout:
            return None
        except ConnectionError:
            return 0
    check(said.startswith(b"HTTP/1."), f"no HTTP: {said[:40]}")
    return int(said.split()[1])


def main():
    with House() as house:
        server = house.server()
        wrong, slowest = [], 0.0
        for what, request, right in REQUESTS:
            started = time.monotonic()
            got = answer(server.port, request, 0.4 if right is WAITS else 2.0)
            slowest = max(slowest, time.monotonic() - started)
            if (right is WAITS and got is not None) or (right is not WAITS and got not in right):
                wrong.append(f"{what}: {got}, not {right}")
        check(not wrong, "\n".join(wrong))
        # Two in one write are answered in order; what was cut ends within ten seconds.
        with socket.create_connection(("127.0.0.1", server.port), timeout=15) as peer:
            peer.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\nGET /nothing HTTP/1.1\r\n" + HOST + b"\r\nGET /hea")
            started, said = time.monotonic(), b""
            while got := peer.recv(4096):
                said += got
            took = time.monotonic() - started
        check(said.index(b" 200 ") < said.index(b" 404 "), f"the order: {said}")
        check(took < 12, f"a cut request was held for {took:.0f} s")
        check(answer(server.port, REQUESTS[0][1]) == 200, "the server does not serve any more")
        check(server.close() == 0, "the server does not end well")
    print(f"{len(REQUESTS)} requests answered as the table says, the slowest in {slowest:.2f} s; a cut one ended after {took:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
