#!/usr/bin/env python3
"""Figures of the real programs: a save until another device shows it, cold start, memory. One JSON object on standard output.

The raw limit beside the live figure is a byte sent there and back over a loopback socket in the same run.
"""
import json
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../e2e"))
from house import DEBRIEF, House  # noqa: E402


def spread(values):
    values = sorted(values)
    at = lambda share: values[min(len(values) - 1, int(share * len(values)))]
    return {"n": len(values), "median": round(statistics.median(values), 3), "p99": round(at(0.99), 3), "max": round(values[-1], 3)}


def live(saves=300):
    """Milliseconds from the answer to a durable save until the other device's notification."""
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North")
        rep, manager = house.joined(server, "Ben Rep"), house.joined(server, "Ada Manager")
        account = rep.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
        for device in (rep, manager):
            device.call("sync.connect")
        time.sleep(1)
        times = []
        for number in range(saves):
            made = rep.call("record.put", table="observation", fields={
                "account": account, "dimension": "why_change", "text": f"fact {number}", "said_on": "2026-03-02", "state": "confirmed"})
            begun = time.perf_counter()
            manager.wait("changed", lambda p: any(r["id"] == made["id"] for r in p.get("records", [])), 10)
            times.append((time.perf_counter() - begun) * 1000)
        return times


def echo(rounds=300):
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        peer, _ = listener.accept()
        with peer:
            while data := peer.recv(64):
                peer.sendall(data)

    threading.Thread(target=serve, daemon=True).start()
    client = socket.create_connection(listener.getsockname())
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        client.sendall(b"x")
        client.recv(64)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def start(words, rounds=40):
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run([DEBRIEF, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def memory(store):
    """Resident memory in MB of a device that holds the sample and has answered the usual questions."""
    process = subprocess.Popen([DEBRIEF, "rpc", "--store", store], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def call(method, **params):
        process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}) + "\n")
        process.stdin.flush()
        while True:
            said = json.loads(process.stdout.readline())
            if "id" in said:
                return said["result"]

    account = next(a for a in call("record.list", table="account")["records"] if a["name"] == "Ron-tech")["id"]
    call("journey.get", account=account)
    call("plan.get", account=account)
    call("chat.start", kind="debrief", account=account)
    call("search", query="night shift")
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        found = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+)", status.read(), re.M))
    process.stdin.close()
    process.wait()
    return {name: round(int(kilobytes) / 1024, 1) for name, kilobytes in found.items()}


def main():
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "sample")
        subprocess.run([DEBRIEF, "demo", "--no-chat", "--store", store], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        print(json.dumps({
            "save_to_visible_ms": spread(live()),
            "loopback_echo_ms": spread(echo()),
            "cold_start_version_ms": spread(start(["--version"])),
            "cold_start_accounts_ms": spread(start(["accounts", "--store", store, "--json"])),
            "cold_start_greeting_ms": spread(start(["--store", store])),
            "device_with_sample_mb": memory(store),
            "children_peak_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1),
        }, indent=1))


main()
