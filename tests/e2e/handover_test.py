#!/usr/bin/env python3
"""Work of a rep who lost an account before it was synced, with real processes: the managers above learn of it on their own
devices, also without a network, and file it; nobody else hears of it, and nobody reads what is not theirs. Loopback only."""
import json
import os
import subprocess
import sys

from house import DEBRIEF, House, check, refused


def waiting(device):
    return device.call("team.overview")["handover"]


def live(device, condition, words):
    """A device that stays connected is told by itself."""
    for _ in range(100):
        if condition(waiting(device)):
            return
        device.call("sync.status")
        try:
            device.wait("sync", lambda _: True, seconds=0.05)
        except Exception:  # Nothing was told within that time.
            pass
    raise AssertionError(f"{words}: {waiting(device)}")


def main():
    with House() as house:
        server = house.server()
        for name, role in (("Ada Manager", "manager"), ("Cleo Other", "manager"), ("Root", "admin")):
            server.admin("user", "add", name, "--role", role)
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        server.admin("team", "add", "South", "--manager", "Cleo Other")
        server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North")
        server.admin("user", "add", "Dan Rep", "--role", "rep", "--team", "North")
        ben, dan = house.joined(server, "Ben Rep"), house.joined(server, "Dan Rep")
        ada, cleo, root = (house.joined(server, name) for name in ("Ada Manager", "Cleo Other", "Root"))
        account = ben.call("record.put", table="account", fields={"name": "Canary Works"})["id"]
        contact = ben.call("record.put", table="contact", fields={"account": account, "name": "Sarah", "role": "CTO"})["id"]
        ben.call("sync.once")
        ada.call("sync.once")
        check(waiting(ada) == [], "nothing waits yet")
        ada.call("sync.connect")
        ada.wait("sync", lambda status: status["state"] == "caught_up")

        # Written without a network, while the account goes to Dan.
        ben.call("record.put", table="contact", id=contact, fields={"role": "canary CFO"})
        ben.call("record.put", table="contact", fields={"account": account, "name": "canary Jo"})
        ben.call("record.put", table="task", fields={"account": account, "text": "canary-private"})
        server.admin("assign", "Canary Works", "Dan Rep")
        server.admin("unassign", "Canary Works", "Ben Rep")
        ben.call("sync.once")
        check(ben.call("sync.status")["pending"] == 0, "it was not taken over")

        live(ada, lambda said: len(said) == 1, "the manager was not told")
        told = waiting(ada)[0]
        check(told["account"] == account and told["name"] == "Canary Works" and told["by"]["name"] == "Ben Rep"
              and told["changes"] == 3 and told["since"], f"told: {told}")
        for other in (dan, cleo, ben):
            other.call("sync.once")
            check(waiting(other) == [], f"{other.store} is told of it: {waiting(other)}")
        root.call("sync.once")
        seen = waiting(root)
        check(len(seen) == 1 and seen[0]["name"] is None and "anary" not in json.dumps(seen), f"an administrator reads accounts: {seen}")

        # Who, where, how much, for whoever may file it; the words for who may read them.
        items = ada.call("admin.handover.list")["handover"]
        check([(one["readable"], one["author_name"], one["account_name"]) for one in items] ==
              [(True, "Ben Rep", "Canary Works")] * 2 + [(False, "Ben Rep", "Canary Works")], f"listed: {items}")
        own, role, private = items[0], items[1], items[2]
        shown = [ada.call("admin.handover.show", id=one["id"]) for one in items]
        check("canary CFO" in json.dumps(shown[0]) and "canary Jo" in json.dumps(shown[1]), f"its words: {shown}")
        check("records" not in shown[2] and "canary" not in json.dumps(shown[2]), f"private words: {shown[2]}")
        listed = root.call("admin.handover.list")["handover"]
        check(len(listed) == 3 and not any(one["readable"] or "account_name" in one for one in listed), f"to the administrator: {listed}")
        check("anary" not in json.dumps([root.call("admin.handover.show", id=one["id"]) for one in items]), "words to the administrator")
        # For the manager of others it is not there, in the words of what never was.
        check(cleo.call("admin.handover.list") == {"handover": []}, "the other manager's list")
        for method in ("admin.handover.show", "admin.handover.file", "admin.handover.drop"):
            real, made_up = refused(cleo, method, id=own["id"]), refused(cleo, method, id=999)
            check(json.dumps(real).replace(str(own["id"]), "N") == json.dumps(made_up).replace("999", "N") and real["code"] == "not_found",
                  f"{method}: {real} and {made_up}")
            check(refused(dan, method, id=own["id"])["code"] == "denied", f"a rep: {method}")
        check(refused(ada, "admin.handover.file", id=own["id"], **{"as": "Dan Rep"})["code"] == "denied", "in somebody else's name")

        # Without a network it is known as it was last told, and nothing is done later.
        ada.call("sync.disconnect")
        server.close()
        check(waiting(ada) == [told], f"without a network: {waiting(ada)}")
        check(refused(ada, "admin.handover.file", id=own["id"])["code"] == "offline", "filed without a network")
        server.start()
        ada.call("sync.connect")
        ada.wait("sync", lambda status: status["state"] == "caught_up")
        check(len(ada.call("admin.handover.list")["handover"]) == 3, "it was filed later")

        ada.call("admin.handover.file", id=own["id"])
        ada.call("admin.handover.file", id=role["id"], **{"as": "Ada Manager"})
        dan.call("sync.once")
        check(dan.call("record.get", table="contact", id=contact)["role"] == "canary CFO", "filed, and not there")
        live(ada, lambda said: len(said) == 1 and said[0]["changes"] == 1, "what is left")
        done = subprocess.run([DEBRIEF, "admin", "handover", "drop", str(private["id"]), "--store", os.path.join(house.folder, "Root")],
                              capture_output=True, text=True, timeout=60)
        check(done.returncode == 0 and "dropped" in done.stdout, f"dropped by the administrator: {done}")
        live(ada, lambda said: said == [], "all is filed")
        root.call("sync.once")
        check(waiting(root) == [], "all is filed, for the administrator")
    print("three changes handed over: two filed by the manager above, one dropped; two managers, two reps and an administrator asked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
