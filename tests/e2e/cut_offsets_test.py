#!/usr/bin/env python3
"""The connection cut after k bytes, for k from the first byte of the HTTP upgrade to the last of the exchange: each time
the device goes on from where it was, and in the end everything is at the other device once.

DEBRIEF_EVERY=1 tries each offset (97 by default: about every hundredth, at another place each time)."""
import os
import time

from chaos_proxy import Proxy
from house import Failed, House, check

EVERY = int(os.environ.get("DEBRIEF_EVERY", "97"))


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ben Rep", "--role", "rep")
        proxy = Proxy(server.port)
        writer, reader = house.device("writer"), house.device("reader")
        for device in (writer, reader):
            device.call("sync.join", invitation=proxy.of(server.admin("invite", "Ben Rep")))
        account = writer.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
        writer.call("sync.once", timeout_s=20)
        reader.call("sync.once", timeout_s=20)
        offset, tries, completed, written = 1, 0, 0, set()
        while completed < 3:
            text = f"fact {offset}"
            writer.call("record.put", table="observation", fields={
                "account": account, "dimension": "why_change", "text": text, "said_on": "2026-03-02", "state": "confirmed"})
            written.add(text)
            through = 0
            for device in (writer, reader):
                proxy.next("reset" if tries % 2 else "cut", offset)
                tries += 1
                began = time.monotonic()
                try:
                    device.call("sync.once", timeout_s=20)
                    through += 1
                except Failed as failed:
                    check(failed.data.get("reason") != "denied", f"a cut line taken for a refusal: {failed}")
                # A round that was given up while it was trying again once left the next one waiting for nothing.
                check(time.monotonic() - began < 10, f"after a cut at {offset} the device waited until its time was up")
            completed = completed + 1 if through == 2 else 0
            offset += EVERY
            check(offset < 200_000, "the exchange never ends")
        proxy.heal()
        for device in (writer, reader, writer, reader):
            device.call("sync.once", timeout_s=20)
        texts = [r["text"] for r in reader.call("record.list", table="observation", limit=5000)["records"]]
        check(len(texts) == len(set(texts)), "a fact is there twice")
        check(set(texts) == written, f"written {len(written)}, arrived {len(texts)}")
        print(f"{tries} connections cut at offsets up to {offset}, {len(written)} facts, all there once")
        proxy.close()


main()
