#!/usr/bin/env python3
"""Lines that are merely bad: one that delivers each byte by itself, and a phone at the edge of the network (two seconds of latency,
32 kbit/s, resets). All arrives, once, in bounded time, and with few bytes sent twice.

DEBRIEF_SEED sets the seed of the second."""
import os
import time

from chaos_proxy import Proxy
from house import Failed, House, check

SEED = int(os.environ.get("DEBRIEF_SEED", "2"))
CHANGES = 50


def fact(account, number):
    return {"account": account, "dimension": "why_change", "text": f"fact {number}: the night shift waits for the technician again",
            "said_on": "2026-03-02", "state": "confirmed"}


def texts(device):
    return sorted(one["text"] for one in device.call("record.list", table="observation", limit=5000)["records"])


def in_bytes(server, proxy, house):
    """The same exchange over a good line and over one that delivers bytes: the devices end with the same."""
    writer = house.device("writer")
    writer.call("sync.join", invitation=proxy.of(server.admin("invite", "Ben Rep")))
    account = writer.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
    writer.call("sync.once", timeout_s=20)
    proxy.next("bytewise")
    for number in range(CHANGES):
        writer.call("record.put", table="observation", fields=fact(account, number))
    writer.call("sync.once", timeout_s=25)
    readers = []
    for kind in ("bytewise", "fair"):
        proxy.next(kind)
        reader = house.device(kind)
        reader.call("sync.join", invitation=proxy.of(server.admin("invite", "Ben Rep")))
        reader.call("sync.once", timeout_s=25)
        readers.append(texts(reader))
    check(readers[0] == readers[1] == texts(writer) and len(readers[0]) == CHANGES, f"by bytes {len(readers[0])}, fair {len(readers[1])}")
    check(proxy.met.get("bytewise", 0) >= 2, f"no connection was sliced: {proxy.met}")
    return writer, account


def pushed(device, account, numbers, proxy):
    """Seconds and bytes until the server has these."""
    for number in numbers:
        device.call("record.put", table="observation", fields=fact(account, number))
    begin, before, cuts = time.monotonic(), proxy.passed, 0
    while device.call("sync.status")["pending"] > 0:
        try:
            device.call("sync.once", timeout_s=25)
        except Failed as failed:
            check(failed.data.get("reason") != "denied", f"a bad line taken for a refusal: {failed}")
            cuts += 1
        check(time.monotonic() - begin < 60, f"{CHANGES} changes took more than a minute, {cuts} connections failed")
    return time.monotonic() - begin, proxy.passed - before, cuts


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ben Rep", "--role", "rep")
        proxy = Proxy(server.port, seed=SEED)
        writer, account = in_bytes(server, proxy, house)
        proxy.next("fair")
        _, fair, _ = pushed(writer, account, range(CHANGES, 2 * CHANGES), proxy)
        proxy.next("mobile")
        took, slow, cuts = pushed(writer, account, range(2 * CHANGES, 3 * CHANGES), proxy)
        proxy.next("fair")
        reader = house.device("reader")
        reader.call("sync.join", invitation=proxy.of(server.admin("invite", "Ben Rep")))
        reader.call("sync.once", timeout_s=20)
        check(len(set(texts(reader))) == len(texts(reader)) == 3 * CHANGES, f"{len(texts(reader))} facts arrived")
        print(f"{CHANGES} changes over a phone's line: {took:.1f} s, {cuts} connections failed, {slow} bytes; {fair} on a good line")
        check(slow <= 1.5 * fair or cuts > 0, f"{slow} bytes where a good line takes {fair}")
        check(slow <= 1.5 * fair * (cuts + 1), f"{slow} bytes for {cuts} failures where a good line takes {fair}")
        proxy.close()


main()
