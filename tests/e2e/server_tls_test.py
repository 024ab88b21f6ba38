#!/usr/bin/env python3
"""TLS from the server's first start to a device that meets everything but its server: nothing of ours is said to a
stranger, and each is told apart in one sentence. Loopback only, bounded in time."""
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time

from certificates import Authority
from house import DEBRIEF, Failed, House, Server, check

CANARY = "CANARYWORD"


def start_and_fail(*options):
    done = subprocess.run([DEBRIEF, "serve", *options], capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout + done.stderr


class TlsServer(Server):
    def __init__(self, data, cert, key, *options):
        self.tls = ("--tls-cert", cert, "--tls-key", key, *options)
        super().__init__(data)

    def start(self):
        self.process = subprocess.Popen([DEBRIEF, "serve", "--json", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
                                         *self.tls], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        said = json.loads(self.process.stdout.readline())
        check(said["listening"].startswith("https://"), f"it says {said}")
        self.port = int(said["listening"].rsplit(":", 1)[1])


class Stranger:
    """Listens where a server was, with TLS or not, and answers one thing to everybody. Keeps what it is sent."""

    def __init__(self, port, answer=b"", cert=None):
        self.answer, self.heard, self.handshakes, self.context = answer, b"", 0, None
        if cert:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*cert)
        for _ in range(100):
            self.socket = socket.socket()
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                self.socket.bind(("127.0.0.1", port))
                break
            except OSError:
                self.socket.close()
                time.sleep(0.05)
        self.socket.listen(16)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            peer.settimeout(3)
            try:
                if self.context:
                    peer = self.context.wrap_socket(peer, server_side=True)
                    self.handshakes += 1
                while b"\r\n\r\n" not in self.heard:
                    got = peer.recv(65536)
                    if not got:
                        break
                    self.heard += got
                peer.sendall(self.answer)
                peer.shutdown(socket.SHUT_WR)
                while got := peer.recv(65536):
                    self.heard += got
            except (OSError, ssl.SSLError):
                pass
            peer.close()

    def close(self):
        self.socket.close()


def http(status, *headers, body=b""):
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def refused_starts(folder, authority):
    data = os.path.join(folder, "refused")
    cert, key = authority.server("good")
    other, _ = authority.server("other")
    tls = ["--tls-cert", cert, "--tls-key", key]
    for what, options, code, word in (
            ("off loopback without TLS", ["--listen", "0.0.0.0:0"], 2, "--tls-cert"),
            ("off loopback, by a name", ["--listen", "192.0.2.1:0"], 2, "TLS"),
            ("a certificate alone", ["--tls-cert", cert], 2, "--tls-key"),
            ("a key alone", ["--tls-key", key], 2, "--tls-cert"),
            ("no such key", ["--tls-cert", cert, "--tls-key", "/nothing"], 2, "/nothing"),
            ("no such certificate", ["--tls-cert", "/nothing", "--tls-key", key], 2, "/nothing"),
            ("a key that belongs to another", ["--tls-cert", other, "--tls-key", key], 2, "belong"),
            ("invitations without TLS", [*tls, "--url", "http://sales.example"], 2, "https")):
        got, said = start_and_fail("--data", data, *options)
        check(got == code and word in said, f"{what}: {got} {said}")
    os.chmod(key, 0o640)
    got, said = start_and_fail("--data", data, "--listen", "127.0.0.1:0", *tls)
    check(got == 4 and f"chmod 600 '{key}'" in said, f"a key that others read: {got} {said}")
    os.chmod(key, 0o600)
    check(not os.path.exists(os.path.join(data, "workspace.db")), "a refused start left a workspace")


def old_versions(port, ca):
    context = ssl.create_default_context(cafile=ca)
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
            context.wrap_socket(plain, server_hostname="localhost")
        check(False, "TLS 1.1 was taken")
    except (ssl.SSLError, OSError):
        pass
    with socket.create_connection(("127.0.0.1", port), timeout=15) as plain:
        plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        check(b"200" not in plain.recv(1000), "plain HTTP was answered on the TLS port")


def problem(device):
    """What the device says about one round that must fail. Never that it was denied."""
    try:
        device.call("sync.once", timeout_s=10)
    except Failed as failed:
        check(failed.data["code"] == "offline", f"not a network error: {failed}")
    else:
        check(False, "a stranger was taken for the server")
    status = device.call("sync.status")
    check(status["state"] == "offline" and status["pending"] > 0, f"status: {status}")
    return status["detail"]


def strangers(house, authority):
    """A device whose server was replaced: by other certificates, and by everything that a network may answer."""
    cert, key = authority.server("server")
    unknown = Authority(os.path.join(house.folder, "unknown"))
    server = TlsServer(os.path.join(house.folder, "server"), cert, key)
    house.running.append(server)
    old_versions(server.port, authority.pem)
    server.admin("user", "add", "Ann", "--role", "rep")
    with open(authority.pem, encoding="ascii") as file:
        ca = file.read()
    device = house.device("ann")
    invitation = server.admin("invite", "Ann")
    check(invitation.startswith(f"https://127.0.0.1:{server.port}/join#"), invitation)
    try:
        device.call("sync.join", invitation=invitation)
        check(False, "an unknown authority was trusted")
    except Failed as failed:
        check("authority" in str(failed) and "--ca" in str(failed), f"joined without the authority: {failed}")
    device.call("sync.join", invitation=invitation, ca=ca)
    device.call("record.put", table="account", fields={"name": CANARY})
    device.call("sync.once")
    device.call("record.put", table="account", fields={"name": CANARY + " again"})
    check(server.close() == 0, "the server does not end well")
    token = secrets_of(house, "ann")

    messages = {}
    for what, pair, word in (("unknown", unknown.server("server"), "authority"),
                             ("wrong name", authority.server("elsewhere", "DNS:elsewhere.example"), "another host"),
                             ("expired", authority.server("late", days=-1), "not valid today")):
        stranger = Stranger(server.port, http("200 OK"), pair)
        messages[what] = problem(device)
        check(word in messages[what], f"{what}: {messages[what]}")
        check(stranger.heard == b"", f"{what}: {stranger.heard}")
        end(stranger)
    page = b"<html>Sign in to the guest network</html>"
    for what, answer, word in (
            ("portal page", http("200 OK", "Content-Type: text/html", body=page), "web page"),
            ("redirection", http("302 Found", "Location: http://portal.example/"), "302"),
            ("network login", http("511 Network Authentication Required", "Content-Type: text/html", body=page), "511"),
            ("proxy login", http("407 Proxy Authentication Required"), "proxy on the way wants"),
            ("bad gateway", http("502 Bad Gateway", "Content-Type: text/html", body=page), "behind it"),
            ("gateway timeout", http("504 Gateway Timeout"), "504"),
            ("busy", http("503 Service Unavailable"), "wait"),
            ("forbidden", http("403 Forbidden"), "turned the connection away"),
            ("not found", http("404 Not Found"), "not a Debrief server"),
            ("no HTTP", b"SSH-2.0-OpenSSH_9.2\r\n", "not a Debrief server"),
            ("nothing", b"", "not a Debrief server")):
        stranger = Stranger(server.port, answer, (cert, key))
        messages[what] = problem(device)
        check(word in messages[what], f"{what}: {messages[what]}")
        check(stranger.handshakes > 0 and b"GET /sync" in stranger.heard, f"{what}: never reached")
        for secret in (CANARY.encode(), *token):
            check(secret not in stranger.heard, f"{what}: it was told a secret: {stranger.heard}")
        check(len(stranger.heard) < 1000, f"{what}: {stranger.heard}")
        end(stranger)
    check(len(set(messages.values())) == len(messages), f"two sound alike: {json.dumps(messages, indent=1)}")

    server.start()
    check(device.call("sync.once")["pushed"] == 1, "back at its server, the device does not sync")
    return len(messages)


def secrets_of(house, name):
    """The secrets in a device's store, as they would look on the wire."""
    import sqlite3
    store = sqlite3.connect(f"file:{os.path.join(house.folder, name)}/debrief.db?mode=ro", uri=True)
    found = [bytes(row[0]) for row in store.execute("SELECT value FROM meta WHERE key LIKE '%enrolment.token' OR key LIKE '%enrolment.key'")]
    check(len(found) == 2 and all(len(one) == 43 for one in found), f"token and key: {found}")
    store.close()
    return found


def end(stranger):
    port = stranger.socket.getsockname()[1]
    stranger.socket.shutdown(socket.SHUT_RDWR)
    stranger.close()
    for _ in range(50):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
            time.sleep(0.02)
        except OSError:
            return


def first_administrator(house, authority):
    """The first start says one invitation; later ones none."""
    cert, key = authority.server("first")
    data = os.path.join(house.folder, "first")
    lines = []
    for _ in range(2):
        process = subprocess.Popen([DEBRIEF, "serve", "--json", "--data", data, "--listen", "127.0.0.1:0", "--tls-cert", cert,
                                    "--tls-key", key, "--admin", "Root", "--url", "https://localhost:1"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        # A busy machine may take its time to start; an invitation comes right behind the first line, or not at all.
        first = process.stdout.readline()
        time.sleep(1)
        process.terminate()
        out, err = process.communicate(timeout=20)
        lines.append([json.loads(line) for line in (first + out).splitlines()])
        for line in lines[-1]:
            if line["event"] == "invitation":
                check(line["invitation"].split("#")[1] not in err, "the invitation is in the log")
    events = [[line["event"] for line in one] for one in lines]
    check(events == [["listening", "invitation", "stopped"], ["listening", "stopped"]], f"events: {events}")
    check(lines[0][1]["user"] == "Root" and lines[0][1]["invitation"].startswith("https://localhost:1/join#"), f"{lines[0][1]}")


def main():
    with House() as house:
        authority = Authority(os.path.join(house.folder, "authority"))
        started = time.monotonic()
        refused_starts(house.folder, authority)
        first_administrator(house, authority)
        count = strangers(house, authority)
    print(f"{count} strangers told apart, none told anything; {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
