#!/usr/bin/env python3
"""Bytes of the server's resident memory for each idle session, plain and with TLS: devices that have greeted and hold
nothing open but their connection. They come in groups; each group is one measurement. Loopback only; DEBRIEF_SESSIONS
(1,000) sets how many, `quick` makes 300 of it: in smaller groups what a handshake borrowed and gave back weighs more than
what a session keeps."""
import json
import os
import re
import socket
import ssl
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../e2e"))
from certificates import Authority  # noqa: E402
from house import House, check  # noqa: E402
from raw_client import Bytes64, RawClient, raw_of, secret_of  # noqa: E402

GROUP = 100


def resident(process):
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        return int(re.search(r"^VmRSS:\s+(\d+)", status.read(), re.M).group(1)) * 1024


def ask_admin(server, *words):
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(os.path.join(server.data, "admin.sock"))
        door.sendall(json.dumps({"words": words}).encode() + b"\n")
        return json.loads(door.makefile().readline())["result"]


def greeted(server, number, tls):
    """A device that has just enrolled and greeted, all on one connection."""
    client = RawClient(server.port, tls=tls)
    secret = secret_of(ask_admin(server, "invite", "Ann")["invitation"])
    client.send(k="enrol", secret=Bytes64(secret), name="idle", inc=number + 1, key=Bytes64(os.urandom(32)), cat=1)
    said = client.read_kind("enrolled")
    client.send(k="hello", device=said["device"], token=said["token"], inc=number + 1, cat=1)
    client.read_kind("welcome")
    client.read_kind("level")
    check(len(raw_of(said["token"])) == 32, "no token")
    return client


def bytes_each(server, count, tls):
    """Of each group, and the server's memory at the end."""
    server.admin("user", "add", "Ann", "--role", "rep")
    clients = [greeted(server, number, tls) for number in range(100)]  # What is made once is made.
    found = []
    for _ in range(count // GROUP):
        before = resident(server.process)
        clients += [greeted(server, len(clients) + number, tls) for number in range(GROUP)]
        time.sleep(0.5)
        found.append((resident(server.process) - before) / GROUP)
    whole = resident(server.process)
    for client in clients:
        client.close()
    return found, whole


def main():
    count = 300 if "quick" in sys.argv[1:] else int(os.environ.get("DEBRIEF_SESSIONS", "1000"))
    for figure, secure in (("idle_session_bytes", False), ("idle_session_tls_bytes", True)):
        with House() as house:
            tls, options = None, ()
            if secure:
                authority = Authority(os.path.join(house.folder, "ca"))
                cert, key = authority.server("server")
                tls, options = ssl.create_default_context(cafile=authority.pem), ("--tls-cert", cert, "--tls-key", key)
            found, whole = bytes_each(house.server(*options), count, tls)
        print(json.dumps({"figure": figure, "unit": "B", "target": "<= 12000", "n": len(found),
                          "median": round(statistics.median(found)), "mean": round(statistics.mean(found)),
                          "min": round(min(found)), "max": round(max(found)),
                          "sessions": count + 100, "server_mb": round(whole / (1 << 20), 1)}))


main()
