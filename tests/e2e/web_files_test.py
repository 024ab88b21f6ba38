#!/usr/bin/env python3
"""`debrief serve` gives browsers the web app: the right bytes, headers that keep a page safe, nothing else of the machine.
Loopback only."""
import gzip
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time

import ed25519
from certificates import Authority
from house import DEBRIEF, House, Server, check
from page import fetch, make_app
from raw_client import Bytes64, Closed, RawClient, secret_of

SCRIPT = b"console.log('app');\n" * 50


def policy(host):
    return ("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
            f"connect-src 'self' ws://{host} wss://{host}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'")


def safe_headers(port, secure=None):
    """On every answer, whatever it is."""
    for path in ("/", "/join", "/account/1", "/assets/index-B2x9_aQ7.js", "/healthz", "/readyz", "/metrics", "/nothing.js", "/..", "/sync"):
        for method in ("GET", "HEAD", "POST"):
            status, headers, _ = fetch(port, path, method, tls=secure)
            words = f"{method} {path}: {status} {headers}"
            check(headers["content-security-policy"] == policy(f"127.0.0.1:{port}"), words)
            check(headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer", words)
            check(headers["cross-origin-opener-policy"] == "same-origin" and headers["cross-origin-resource-policy"] == "same-origin", words)
            check("microphone=(self)" in headers["permissions-policy"] and "camera=()" in headers["permissions-policy"], words)
            check(("strict-transport-security" in headers) == (secure is not None), words)
            check("set-cookie" not in headers and "access-control-allow-origin" not in headers and "server" not in headers, words)
            check(status == 405 if method == "POST" else status in (200, 404), words)
    # What a stranger names as the host does not get into the policy as words of its own.
    for host in ("x;script-src'unsafe-inline'", "x'y", "x\"y"):
        _, headers, _ = fetch(port, "/", host=host, tls=secure)
        check("unsafe-inline" not in headers["content-security-policy"] and host not in headers["content-security-policy"], f"{host}: {headers}")


def the_right_bytes(port):
    status, headers, index = fetch(port, "/")
    check(status == 200 and headers["content-type"] == "text/html; charset=utf-8" and b"<title>Debrief</title>" in index, f"{status} {headers}")
    check(headers["cache-control"] == "no-cache" and b"debrief-door" not in index, str(headers))
    for place in ("/join", "/today", "/account/0197-1/journey", "/join?x=1"):
        check(fetch(port, place)[::2] == (200, index), place)
    for path, kind in (("/assets/core-1a2B3c4D.wasm", "application/wasm"), ("/manifest.webmanifest", "application/manifest+json"),
                       ("/assets/index-C0ffee12.css", "text/css; charset=utf-8"), ("/sw.js", "text/javascript; charset=utf-8"),
                       ("/icon-512x512.png", "image/png")):
        status, headers, _ = fetch(port, path)
        check(status == 200 and headers["content-type"] == kind, f"{path}: {status} {headers}")
        forever = "immutable" in headers["cache-control"]
        check(forever == path.startswith("/assets/"), f"{path}: {headers['cache-control']}")
    path = "/assets/index-B2x9_aQ7.js"
    status, headers, body = fetch(port, path)
    check(body == SCRIPT and "content-encoding" not in headers and headers["vary"] == "Accept-Encoding", str(headers))
    plain = headers["etag"]
    status, headers, body = fetch(port, path, Accept_Encoding="gzip, deflate, br")
    check(body == b"brotli" and headers["content-encoding"] == "br" and headers["etag"] != plain, f"{headers} {body[:20]}")
    status, headers, body = fetch(port, path, Accept_Encoding="gzip;q=0.8, br;q=0")
    check(gzip.decompress(body) == SCRIPT and headers["content-encoding"] == "gzip", str(headers))
    check(headers["content-type"] == "text/javascript; charset=utf-8", str(headers))
    for accepted in ("", "gzip, br"):
        _, whole, body = fetch(port, path, Accept_Encoding=accepted)
        status, headers, nothing = fetch(port, path, Accept_Encoding=accepted, If_None_Match=whole["etag"])
        check(status == 304 and nothing == b"" and headers["etag"] == whole["etag"] and "immutable" in headers["cache-control"], f"{status} {headers}")
        status, headers, nothing = fetch(port, path, "HEAD", Accept_Encoding=accepted)
        check(status == 200 and nothing == b"" and headers["content-length"] == str(len(body)), f"HEAD: {status} {headers}")
    # Many in one connection, a 304 and a HEAD among them: each answer ends where it should.
    with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
        host = f"Host: 127.0.0.1:{port}\r\n"
        peer.sendall((f"HEAD {path} HTTP/1.1\r\n{host}\r\nGET {path} HTTP/1.1\r\n{host}If-None-Match: {plain}\r\n\r\n"
                      f"GET /healthz HTTP/1.1\r\n{host}Connection: close\r\n\r\n").encode())
        said = b""
        while got := peer.recv(65536):
            said += got
    heads = [part for part in said.split(b"HTTP/1.1 ") if part]
    check([head[:3] for head in heads] == [b"200", b"304", b"200"] and said.endswith(b"\r\n\r\nok\n"), str(said))


def nothing_else(port, web):
    with open(os.path.join(os.path.dirname(web), "outside.txt"), "w") as file:
        file.write("outside")
    for path in ("/../outside.txt", "/assets/../../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/..%5coutside.txt", "/..\\outside.txt",
                 "//outside.txt", "///etc/passwd", "/.hidden", "/./index.html", "/%00", "/index.html%00.js", "/assets//index-B2x9_aQ7.js",
                 "/....//outside.txt", "/%c0%ae%c0%ae/outside.txt", "/workspace.db", "/../server/workspace.db", "/admin.sock", "/" + "a/" * 400):
        for accepted in ("", "br, gzip"):
            status, _, body = fetch(port, path, Accept_Encoding=accepted)
            check(status == 404 and b"outside" not in body and b"root:" not in body, f"{path}: {status} {body[:40]}")
    for target in ("http://127.0.0.1/../outside.txt", "*", "outside.txt"):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
            peer.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            said = b""
            while got := peer.recv(65536):
                said += got
        check(b" 200 " not in said.split(b"\r\n")[0], f"{target}: {said[:60]}")


def open_socket(port, host, origin, tls=None):
    """Whether a page of this origin may open a socket there."""
    try:
        RawClient(port, host=host, headers=f"Origin: {origin}\r\n" if origin else "", tls=tls).close()
        return True
    except Closed as refused:
        check(" 403 " in str(refused), f"{host} {origin}: {refused}")
        return False


def pages_that_may_connect(port):
    own = f"127.0.0.1:{port}"
    check(open_socket(port, own, None) and open_socket(port, own, f"http://{own}"), "a program, and our own page")
    check(open_socket(port, f"localhost:{port}", f"http://localhost:{port}"), "our own page by another name of this machine")
    check(open_socket(port, "debrief.example.com", "https://debrief.example.com"), "a page of the address that people are given")
    check(open_socket(port, own, "https://debrief.example.com"), "the same behind a proxy that does not pass on the name")
    for host, origin in ((own, f"https://{own}"), (own, "http://127.0.0.1:1"), (own, "https://debrief.example.com.evil.example"),
                         (own, "http://debrief.example.com"), (own, "https://debrief.example.com:8443"), (own, "null"),
                         # A name of somebody's own that was made to point to this machine: page and host agree.
                         (f"evil.example:{port}", f"http://evil.example:{port}"), ("evil.example", "http://evil.example"),
                         ("evil.example", "https://evil.example"), (f"127.evil.example:{port}", f"http://127.evil.example:{port}")):
        check(not open_socket(port, host, origin), f"a page of {origin} asks {host}")


def joins(server):
    """An invitation opened in a browser: the page is there, its secret is in what is not sent, and the page may enrol."""
    invitation = server.admin("invite", "Ada")
    address, secret = invitation.split("#")
    check(address == f"http://127.0.0.1:{server.port}/join" and len(secret) >= 43, invitation)
    status, _, page = fetch(server.port, "/join")
    check(status == 200 and b"<title>Debrief</title>" in page, str(page))
    client = RawClient(server.port, headers=f"Origin: http://127.0.0.1:{server.port}\r\n")
    client.send(k="enrol", secret=Bytes64(secret_of(invitation)), name="browser", inc=7, key=Bytes64(ed25519.public_key(os.urandom(32))), cat=1)
    check(client.read()["k"] == "enrolled", "a page enrols")
    client.close()
    # And the program joins with the same kind of address, as before.
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        done = subprocess.run([DEBRIEF, "join", server.admin("invite", "Ada"), "--store", store], capture_output=True, text=True, timeout=60)
        check(done.returncode == 0 and "Ada" in done.stdout + done.stderr, done.stdout + done.stderr)


def slow_readers(server, web):
    """A hundred who ask for much and read nothing cost no copy each, and nobody waits for them."""
    much = os.urandom(1 << 20) * 8
    make_app(web, **{"assets/much-A1b2C3d4.bin": much})
    port, peers = server.port, []

    def resident():
        with open(f"/proc/{server.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    fetch(port, "/assets/much-A1b2C3d4.bin")
    before = resident()
    for _ in range(100):
        peer = socket.socket()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.connect(("127.0.0.1", port))
        peer.sendall(f"GET /assets/much-A1b2C3d4.bin HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        peers.append(peer)
    time.sleep(0.5)
    grown = resident() - before
    check(grown < 32 << 20, f"slow readers cost {grown >> 20} MiB")
    began = time.monotonic()
    check(fetch(port, "/healthz")[0] == 200 and time.monotonic() - began < 5, f"others wait {time.monotonic() - began:.1f} s")
    # Nor do they drive each other out: an office may stand behind one address.
    cut = 0
    for peer in peers[:20]:
        peer.settimeout(20)
        got = 0
        while piece := peer.recv(1 << 18):
            got += len(piece)
            if got > 8 << 20:
                break
        cut += got <= 8 << 20
    check(cut == 0, f"{cut} of the 20 oldest downloads were cut")
    for peer in peers:
        peer.close()
    return grown


def over_tls(house, web):
    cert, key = Authority(os.path.join(house.folder, "authority")).server("server")
    data = os.path.join(house.folder, "secure")
    process = subprocess.Popen([DEBRIEF, "serve", "--data", data, "--listen", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key, "--web", web],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        port = int(process.stdout.readline().split("https://127.0.0.1:")[1].split()[0])
        trusting = ssl.create_default_context(cafile=os.path.join(house.folder, "authority", "ca.pem"))
        safe_headers(port, trusting)
        check(fetch(port, "/", tls=trusting)[1]["strict-transport-security"].startswith("max-age="), "HSTS")
        check(fetch(port, "/assets/index-B2x9_aQ7.js", tls=trusting)[2] == SCRIPT, "the script over TLS")
        own = f"127.0.0.1:{port}"
        check(open_socket(port, own, f"https://{own}", trusting), "our own page over TLS")
        check(not open_socket(port, own, f"http://{own}", trusting), "a page that came without TLS")
        check(not open_socket(port, own, "https://evil.example", trusting), "another page over TLS")
    finally:
        process.terminate()
        check(process.wait(20) == 0, "the server does not end well")


def without_an_app(house):
    server = Server(os.path.join(house.folder, "bare"), "--web", os.path.join(house.folder, "nothing"))
    house.running.append(server)
    status, headers, body = fetch(server.port, "/")
    check(status == 200 and b"debrief join" in body and b"./dev web" in body and headers["content-type"].startswith("text/plain"), f"{status} {body}")
    status, _, body = fetch(server.port, "/join")
    check(status == 200 and b"debrief join 'ADDRESS'" in body, str(body))
    check(fetch(server.port, "/today")[0] == 404, "a place in an app that is not there")


def main():
    with House() as house:
        web = make_app(os.path.join(house.folder, "web"), **{"assets/index-B2x9_aQ7.js.br": b"brotli"},
                       **{"assets/index-B2x9_aQ7.js.gz": gzip.compress(SCRIPT)})
        server = house.server("--web", web)
        server.admin("user", "add", "Ada", "--role", "manager")
        safe_headers(server.port)
        the_right_bytes(server.port)
        nothing_else(server.port, web)
        joins(server)
        named = Server(os.path.join(house.folder, "named"), "--web", web, "--url", "https://debrief.example.com")
        house.running.append(named)
        pages_that_may_connect(named.port)
        grown = slow_readers(server, web)
        over_tls(house, web)
        without_an_app(house)
        check(server.close() == 0, "the server does not end well")
    print(f"the app came whole and safe, and nothing beside it; 100 slow readers of 8 MiB cost {grown >> 10} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
