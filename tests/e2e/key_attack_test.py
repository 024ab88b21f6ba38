#!/usr/bin/env python3
"""Who may be a device? Thieves of tokens, stores and proofs against a real server; people and devices that are shut out
while they are connected. The server's clock is set by hand. Loopback only, bounded in time."""
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time

from house import DEBRIEF, Failed, House, check
from raw_client import Bytes64, Closed, RawClient, RawDevice, raw_of, secret_of


class LoggingServer:
    """`debrief serve` at an instant of our choosing; everything that it ever says is kept."""

    def __init__(self, data):
        self.data, self.port, self.said = data, 0, ""

    def start(self, clock="2025-06-01T08:00:00Z"):
        self.log = open(self.data + ".log", "a", encoding="utf-8")
        self.process = subprocess.Popen([DEBRIEF, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
                                         "--test-clock", clock], stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        check(found, f"the server does not start: {line}")
        self.port = int(found.group(1))

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.said += self.process.stdout.read()
        self.log.close()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def admin(self, *words):
        done = subprocess.run([DEBRIEF, "admin", "--data", self.data, *words], capture_output=True, text=True, timeout=60)
        check(done.returncode == 0, f"admin {words}: {done.stderr}")
        return done.stdout.strip()

    def logged(self):
        with open(self.data + ".log", encoding="utf-8") as file:
            return file.read()


def challenge(who, **changed):
    """A session that was asked for a proof, and the nonce."""
    client = RawClient(who.port)
    who.hello(client, **changed)
    said = client.read()
    check(said["k"] == "challenge", f"no challenge: {said['k']}")
    return client, raw_of(said["n"])


def goodbye(client, **frame):
    client.send(**frame)
    said = client.read_kind("bye", "welcome")
    client.close()
    return (said["c"], said.get("m")) if said["k"] == "bye" else ("welcome", None)


def stolen_tokens(server, eve, thief):
    """The hour is over: the token is nothing, the key is everything."""
    check(eve.greeted()[1]["k"] == "welcome", "the token does not count within its hour")
    server.stop()
    server.start("2025-06-01T09:00:01Z")
    client, nonce = challenge(thief)
    check(goodbye(client, k="prove", sig=thief.proof(nonce))[0] == "denied", "a thief without the key came in")
    client, nonce = challenge(eve)
    proof = eve.proof(nonce)
    client.send(k="prove", sig=proof)
    welcome = client.read_kind("welcome", "bye")
    check(welcome["k"] == "welcome" and welcome["server"] == Bytes64(eve.server), f"the device itself: {welcome}")
    old, eve.token = eve.token, raw_of(welcome["token"])
    client.close()
    # The proof once more, on a new connection; and over a nonce that the thief made up.
    client, _ = challenge(thief)
    check(goodbye(client, k="prove", sig=proof)[0] == "denied", "a proof was good twice")
    client, _ = challenge(thief, token=Bytes64(old))
    check(goodbye(client, k="prove", sig=eve.proof(b"\0" * 32))[0] == "denied", "a nonce of one's own was taken")
    check(eve.greeted()[1]["k"] == "welcome", "the fresh token does not count")


def same_words(server, eve):
    """An unknown device, a wrong signature, a revoked device without its key: one answer, and no quicker."""
    answers, times = set(), {}
    for what, changed in (("wrong signature", {}), ("unknown device", {"device": Bytes64(os.urandom(16))})):
        spent = []
        for _ in range(3):
            client, _ = challenge(eve, token=Bytes64(b"\1" * 32), **changed)
            started = time.perf_counter()
            answers.add(goodbye(client, k="prove", sig=Bytes64(os.urandom(64))))
            spent.append(time.perf_counter() - started)
        times[what] = min(spent)
    check(len(answers) == 1, f"answers differ: {answers}")
    return times


def race(server):
    """Two devices with one invitation at the same moment: one wins, five times over."""
    for _ in range(5):
        invitation, outcomes = server.admin("invite", "Eve"), []
        start = threading.Barrier(2)

        def enrol(incarnation, invitation=invitation, outcomes=outcomes, start=start):
            start.wait()
            try:
                RawDevice(server.port, invitation, incarnation)
                outcomes.append("enrolled")
            except Closed as closed:
                outcomes.append("denied" if '"denied"' in str(closed) else str(closed))

        racers = [threading.Thread(target=enrol, args=(n,)) for n in (1, 2)]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        check(sorted(outcomes) == ["denied", "enrolled"], f"the race: {outcomes}")


def another_server(house, server, device):
    """Another workspace answers at the same address: nothing is told to it, and nothing is lost."""
    server.stop()
    other = LoggingServer(os.path.join(house.folder, "other"))
    other.port = server.port
    other.start()
    house.running.append(other)
    try:
        device.call("sync.once", timeout_s=5)
        check(False, "another server was taken for ours")
    except Failed as failed:
        check("not the server" in str(failed), f"another server: {failed}")
    check(device.call("sync.status")["state"] == "offline", "the device gave itself up for another server's word")
    other.stop()
    server.start("2025-06-01T09:00:02Z")
    device.call("sync.once")


def shut_out(house, server, how):
    """Cut off within five seconds while connected, and at the next greeting."""
    name = f"Ann {how}"
    server.admin("user", "add", name, "--role", "rep")
    device = house.device(f"ann-{how}")
    device.call("sync.join", invitation=server.admin("invite", name))
    identity = device.call("system.info")
    device.call("sync.connect")
    device.wait("sync", lambda status: status["state"] == "caught_up")
    if how == "file":
        server.stop()
    started = time.monotonic()
    if how == "disable":
        server.admin("user", "disable", name)
    else:
        server.admin("device", "revoke", identity["device"])
    if how == "file":
        server.start("2025-06-01T09:00:03Z")
    device.wait("sync", lambda status: status["state"] == "revoked", 15)
    took = time.monotonic() - started
    check(took < 5 or how == "file", f"{how}: cut off after {took:.1f} s")
    try:
        device.call("sync.once", timeout_s=5)
        check(False, f"{how}: let in again")
    except Failed as failed:
        check(failed.data["code"] == "denied", f"{how}: {failed}")
    if how == "disable":
        server.admin("user", "add", name, "--role", "rep")
        device.call("sync.once")
    return took


def stolen_store(house, server):
    """The records without the key: a copy of the file from which the key was taken is no device once the hour is over."""
    device = house.device("victim")
    device.call("sync.join", invitation=server.admin("invite", "Eve"))
    device.close()
    store = sqlite3.connect(os.path.join(house.folder, "victim", "debrief.db"))
    store.execute("DELETE FROM meta WHERE key LIKE '%enrolment.key'")
    store.commit()
    store.close()
    server.stop()
    server.start("2025-06-01T11:00:00Z")
    device.start()
    try:
        device.call("sync.once", timeout_s=5)
        check(False, "a store without its key came in")
    except Failed as failed:
        check("no key" in str(failed), f"a store without its key: {failed}")


def main():
    with House() as house:
        server = LoggingServer(os.path.join(house.folder, "server"))
        server.start()
        house.running.append(server)
        server.admin("user", "add", "Eve", "--role", "rep")
        invitations = [server.admin("invite", "Eve") for _ in range(2)]
        eve = RawDevice(server.port, invitations[0])
        thief = RawDevice(server.port, invitations[1])
        thief.device, thief.token = eve.device, eve.token  # With a key of its own.
        stolen_tokens(server, eve, thief)
        device = house.device("ann")
        device.call("sync.join", invitation=server.admin("invite", "Eve"))
        device.call("sync.once")
        race(server)
        another_server(house, server, device)
        took = {how: shut_out(house, server, how) for how in ("socket", "disable", "file")}
        stolen_store(house, server)
        times = same_words(server, eve)
        server.stop()

        logs = server.logged()
        secrets = [eve.seed, eve.token, *(secret_of(one) for one in invitations)]
        for secret in secrets:
            text = Bytes64(secret)["~"]
            check(text not in logs and secret.hex() not in logs.lower(), "a secret is in the server's log")
        stored = b"".join(open(os.path.join(server.data, name), "rb").read() for name in os.listdir(server.data))
        check(all(one not in stored for one in secrets), "a secret is in the server's files")
        check("sign_in_refused" in logs, "refusals are not logged")
    words = ", ".join(f"{how} {seconds:.2f} s" for how, seconds in took.items())
    print(f"cut off after: {words}; refused after: " + ", ".join(f"{what} {spent * 1000:.1f} ms" for what, spent in times.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
