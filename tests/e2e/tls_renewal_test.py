#!/usr/bin/env python3
"""A certificate that is renewed while the server runs: SIGHUP takes the new pair for whoever connects from then on, those who
are connected notice nothing, and a pair that cannot be used is refused in the log while the old one stays. Loopback only."""
import hashlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time

from certificates import Authority
from house import DEBRIEF, House, check


class TlsServer:
    """`debrief serve` with a pair of files, and its log."""

    def __init__(self, folder, cert, key):
        self.data, self.log = os.path.join(folder, "server"), os.path.join(folder, "log")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([DEBRIEF, "serve", "--json", "--data", self.data, "--listen", "127.0.0.1:0",
                                             "--tls-cert", cert, "--tls-key", key], stdout=subprocess.PIPE, stderr=log, text=True)
        self.port = int(json.loads(self.process.stdout.readline())["listening"].rsplit(":", 1)[1])

    def admin(self, *words):
        return subprocess.run([DEBRIEF, "admin", "--data", self.data, *words], capture_output=True, text=True, timeout=30,
                              check=True).stdout.strip()

    def logged(self):
        with open(self.log, encoding="utf-8") as log:
            return [json.loads(line) for line in log]

    def hang_up(self, event):
        """Sends SIGHUP and gives what the server says about it."""
        before = len(self.logged())
        self.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            for line in self.logged()[before:]:
                if line["event"] in ("certificate_renewed", "certificate_kept"):
                    check(line["event"] == event, f"{event} was expected, and it says {line}")
                    return line
            check(self.process.poll() is None, "SIGHUP ended the server")
            time.sleep(0.02)
        raise AssertionError(f"nothing was said about the signal: {self.logged()[before:]}")

    def kill(self):
        self.process.kill()
        self.process.wait()


def shown(port, ca):
    """The fingerprint of the certificate that a newcomer gets, checked against its authority."""
    context = ssl.create_default_context(cafile=ca)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            return hashlib.sha256(secure.getpeercert(binary_form=True)).hexdigest()


def fingerprint(path):
    with open(path, encoding="ascii") as file:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read())).hexdigest()


def put(pair, cert, key):
    """As a renewing program does it: the new files take the place of the old ones."""
    for source, target, mode in ((pair[0], cert, 0o644), (pair[1], key, 0o600)):
        shutil.copy(source, target + ".new")
        os.chmod(target + ".new", mode)
        os.replace(target + ".new", target)


def main():
    with House() as house:
        authority = Authority(os.path.join(house.folder, "authority"))
        first, second, third = (authority.server(name) for name in ("first", "second", "third"))
        cert, key = os.path.join(house.folder, "server.pem"), os.path.join(house.folder, "server.key")
        put(first, cert, key)
        server = TlsServer(house.folder, cert, key)
        house.running.append(server)
        check(shown(server.port, authority.pem) == fingerprint(first[0]), "it does not begin with the pair that it was given")

        server.admin("user", "add", "Ann", "--role", "rep")
        with open(authority.pem, encoding="ascii") as file:
            ca = file.read()
        devices = []
        for name in ("phone", "laptop"):
            device = house.device(name)
            device.call("sync.join", invitation=server.admin("invite", "Ann"), ca=ca)
            device.call("sync.connect")
            device.wait("sync", lambda said: said["state"] == "caught_up")
            devices.append(device)

        put(second, cert, key)
        check(shown(server.port, authority.pem) == fingerprint(first[0]), "files alone change nothing")
        server.hang_up("certificate_renewed")
        check(shown(server.port, authority.pem) == fingerprint(second[0]), "the renewed certificate is not shown")

        # Those who were connected are: nothing has told them of an end, and what one writes the other gets.
        while not devices[1].notifications.empty():
            devices[1].notifications.get()
        account = devices[0].call("record.put", table="account", fields={"name": "Kept line"})["id"]
        arrived = devices[1].wait("changed", lambda said: any(one["id"] == account for one in said["records"]), seconds=5)
        check(arrived, "a device that was connected did not get the change")
        opened = [line for line in server.logged() if line["event"] == "sign_in_refused"]
        check(not opened and devices[0].call("sync.status")["state"] == "caught_up", f"a device had to come back: {opened}")

        good = (cert + ".good", key + ".good")
        shutil.copy(cert, good[0])
        shutil.copy(key, good[1])
        broken = os.path.join(house.folder, "broken.pem")
        with open(broken, "w", encoding="ascii") as file:
            file.write("-----BEGIN CERTIFICATE-----\nthis is none\n-----END CERTIFICATE-----\n")
        for what, pair, word in (("a certificate that is none", (broken, third[1]), cert),
                                 ("a key of another certificate", (third[0], first[1]), key)):
            put(pair, cert, key)
            said = server.hang_up("certificate_kept")
            check(word in said["reason"] and said["do"], f"{what}: {said}")
            check(shown(server.port, authority.pem) == fingerprint(second[0]), f"{what}: the old pair is gone")
        put(third, cert, key)
        os.chmod(key, 0o640)
        said = server.hang_up("certificate_kept")
        check("chmod 600" in said["do"], f"a key that others may read: {said}")
        os.remove(key)
        said = server.hang_up("certificate_kept")
        check(key in said["reason"], f"a key that is gone: {said}")
        check(shown(server.port, authority.pem) == fingerprint(second[0]), "the old pair is gone")
        put(third, cert, key)
        server.hang_up("certificate_renewed")
        check(shown(server.port, authority.pem) == fingerprint(third[0]), "after a refusal a good pair is not taken")

        server.process.send_signal(signal.SIGTERM)
        check(server.process.wait(timeout=20) == 0, "the server does not end well")
    print("two renewals taken, four broken pairs refused, two devices stayed connected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
