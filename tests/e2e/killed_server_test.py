#!/usr/bin/env python3
"""The server killed with -9 at random moments while two devices write: nothing acknowledged is lost, nothing is doubled."""
import random
import sys
import threading
import time

from house import House, Failed, check

KILLS = 20


def main():
    chance = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North")
        rep, manager = house.joined(server, "Ben Rep"), house.joined(server, "Ada Manager")
        account = rep.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
        rep.call("sync.connect")
        manager.call("sync.connect")
        written = {}

        def killer():
            for _ in range(KILLS):
                time.sleep(0.05 + chance.random() * 0.25)
                server.kill()
                server.start()

        thread = threading.Thread(target=killer)
        thread.start()
        number = 0
        while thread.is_alive() or number < 50:
            number += 1
            text = f"fact {number}"
            made = rep.call("record.put", table="observation", fields={
                "account": account, "dimension": "why_change", "text": text, "said_on": "2026-03-02", "state": "confirmed"})
            written[made["id"]] = text
            time.sleep(0.01)
        thread.join()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                rep.call("sync.once", timeout_s=10)
                manager.call("sync.once", timeout_s=10)
            except Failed as failed:
                print("not yet:", failed)
                time.sleep(0.5)
                continue
            if rep.call("sync.status")["pending"] == 0:
                break
        arrived = {}
        after = None
        while True:
            page = manager.call("record.list", table="observation", limit=500, **({"after": after} if after else {}))
            for record in page["records"]:
                check(record["id"] not in arrived, "a record is there twice")
                arrived[record["id"]] = record["text"]
            after = page.get("next")
            if not after:
                break
        check(arrived == written, f"written {len(written)}, arrived {len(arrived)}")
        check(rep.call("sync.status")["parked"] == [], "something was refused")
        print(f"{KILLS} kills of the server, {len(written)} changes, all at the manager once")


main()
