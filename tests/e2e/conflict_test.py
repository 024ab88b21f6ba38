#!/usr/bin/env python3
"""Two devices change the same contact's role while offline: both then show the same value, the other one is kept with author
and time, and the user chooses."""
import json
import subprocess

from house import DEBRIEF, House, check


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North")
        rep, manager = house.joined(server, "Ben Rep"), house.joined(server, "Ada Manager")
        account = rep.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
        contact = rep.call("record.put", table="contact", fields={"account": account, "name": "Sarah Chen", "role": "COO"})["id"]
        rep.call("sync.once")
        manager.call("sync.once")
        server.close()  # Both are offline.
        rep.call("record.put", table="contact", id=contact, fields={"role": "CEO"})
        manager.call("record.put", table="contact", id=contact, fields={"role": "Chair of the board"})
        server.start()
        for device in (rep, manager, rep):
            device.call("sync.once")
        shown = {d.call("record.get", table="contact", id=contact)["role"] for d in (rep, manager)}
        check(len(shown) == 1, f"they show different values: {shown}")
        lists = [d.call("conflict.list")["conflicts"] for d in (rep, manager)]
        check(all(len(one) == 1 for one in lists), f"not one conflict each: {lists}")
        for one in lists:
            versions = {(v["value"], v["author"]["name"] if isinstance(v["author"], dict) else v["author"]) for v in one[0]["versions"]}
            check({v for v, _ in versions} == {"CEO", "Chair of the board"}, f"a value was lost: {versions}")
            check(all(v["at"] and v["author"] for v in one[0]["versions"]), "author or time is missing")
        rep.close()
        listed = subprocess.run([DEBRIEF, "conflicts", "--store", rep.store, "--json"], capture_output=True, text=True)
        check(listed.returncode == 0 and len(json.loads(listed.stdout)["conflicts"] if isinstance(json.loads(listed.stdout), dict) else json.loads(listed.stdout)) == 1,
              f"debrief conflicts: {listed.stdout} {listed.stderr}")
        rep.start()
        rep.call("conflict.resolve", id=lists[0][0]["id"], value="CEO")
        rep.call("sync.once")
        manager.call("sync.once")
        for device in (rep, manager):
            check(device.call("record.get", table="contact", id=contact)["role"] == "CEO", "the choice is not shown")
            check(device.call("conflict.list")["conflicts"] == [], "the conflict is still open")
            history = device.call("record.history", table="contact", id=contact, field="role")["versions"]
            check({"COO", "CEO", "Chair of the board"} <= {v["value"] for v in history}, f"history lost a value: {history}")
        print("one conflict, both values kept, the choice shown on both")


main()
