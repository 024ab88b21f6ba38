#!/usr/bin/env python3
"""Bytes of the server's resident memory for each idle session: devices that have greeted and hold nothing open but their
connection. One JSON object on standard output. Loopback only; DEBRIEF_SESSIONS (1,000) sets how many."""
import json
import os
import re
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../e2e"))
from house import House, check  # noqa: E402
from raw_client import Bytes64, RawClient, raw_of, secret_of  # noqa: E402


def resident(process):
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        return int(re.search(r"^VmRSS:\s+(\d+)", status.read(), re.M).group(1)) * 1024


def ask_admin(server, *words):
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(os.path.join(server.data, "admin.sock"))
        door.sendall(json.dumps({"words": words}).encode() + b"\n")
        return json.loads(door.makefile().readline())["result"]


def greeted(server, number):
    """A device that has just enrolled and greeted, all on one connection."""
    client = RawClient(server.port)
    secret = secret_of(ask_admin(server, "invite", "Ann")["invitation"])
    client.send(k="enrol", secret=Bytes64(secret), name="idle", inc=number + 1, key=Bytes64(os.urandom(32)), cat=1)
    said = client.read_kind("enrolled")
    client.send(k="hello", device=said["device"], token=said["token"], inc=number + 1, cat=1)
    client.read_kind("welcome")
    client.read_kind("level")
    check(len(raw_of(said["token"])) == 32, "no token")
    return client


def main():
    count = int(os.environ.get("DEBRIEF_SESSIONS", "1000"))
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ann", "--role", "rep")
        clients = [greeted(server, number) for number in range(100)]  # What is made once is made.
        time.sleep(0.5)
        before = resident(server.process)
        clients += [greeted(server, number) for number in range(100, 100 + count)]
        time.sleep(0.5)
        after = resident(server.process)
        for client in clients:
            client.close()
    print(json.dumps({"sessions": count, "bytes_each": round((after - before) / count), "server_mb": round(after / (1 << 20), 1)}))


main()
