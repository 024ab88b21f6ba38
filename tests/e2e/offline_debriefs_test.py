#!/usr/bin/env python3
"""Network off, three meetings debriefed, network on: the manager sees each confirmed observation within a second, with who
said it and which question it answered. Nobody else sees any of it."""
import json
import os
import subprocess
import time

from house import DEBRIEF, House, check

MEETINGS = [
    ("Brightfield Dairy", ["The batch line stops twice a month and nobody can restart it.", "Each stop costs them eight thousand in spoiled milk."]),
    ("Kestrel Logistics", ["Pieter can sign up to 50k, anything above goes to the group board.", "They worry that the drivers will not use it."]),
    ("Northgate Clinics", ["The inspectors come back on 14 November.", "Helen wants the new rota running before then."]),
]


def debrief(device, account, meeting, lines):
    started = device.call("chat.start", kind="debrief", account=account, meeting=meeting)
    conversation = started["conversation"]
    state = started["state"]
    for line in lines:
        if state["phase"] != "asking":
            break
        state = device.call("chat.say", conversation=conversation, text=line)["state"]
    if state["phase"] == "asking":
        state = device.call("chat.act", conversation=conversation, action="stop")["state"]
    check(state["phase"] == "confirming", f"nothing to confirm: {state}")
    done = device.call("chat.act", conversation=conversation, action="confirm")
    check(done["state"]["phase"] == "done", f"not done: {done['state']}")


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North")
        server.admin("user", "add", "Eve Elsewhere", "--role", "rep")
        rep, manager, eve = (house.joined(server, name) for name in ("Ben Rep", "Ada Manager", "Eve Elsewhere"))
        meetings = []
        for name, lines in MEETINGS:
            account = rep.call("record.put", table="account", fields={"name": name})["id"]
            meeting = rep.call("record.put", table="meeting", fields={
                "account": account, "title": "Visit", "at": "2026-03-02T09:00:00Z", "ends_at": "2026-03-02T10:00:00Z"})["id"]
            meetings.append((account, meeting, lines))
        rep.call("sync.once")
        server.close()  # The network is off.
        for account, meeting, lines in meetings:
            debrief(rep, account, meeting, lines)
        check(rep.call("sync.status")["pending"] > 0, "there is nothing waiting")
        confirmed = [r for r in rep.call("record.list", table="observation")["records"] if r["state"] == "confirmed"]
        check(len(confirmed) >= 3, f"too little was understood: {confirmed}")

        server.start()
        manager.call("sync.once")
        manager.close()
        watch = subprocess.Popen([DEBRIEF, "watch", "--store", manager.store, "--json", "--for", "30"], stdout=subprocess.PIPE, text=True)
        time.sleep(2)
        rep.call("sync.once")
        pushed = time.monotonic()
        wanted, seen, late = {r["id"] for r in confirmed}, {}, 0.0
        for line in watch.stdout:
            said = json.loads(line)
            if said.get("kind") == "observation" and said.get("id") in wanted:
                seen[said["id"]] = said
                late = time.monotonic() - pushed
            if set(seen) == wanted:
                break
        watch.kill()
        check(set(seen) == wanted, f"{len(seen)} of {len(wanted)} observations arrived")
        check(late < 1.0, f"the last one arrived after {late:.2f} s")
        for said in seen.values():
            check(said["by"]["name"] == "Ben Rep", f"who said it: {said}")
            check(said.get("question"), f"which question it answered: {said}")

        eve.call("sync.once")
        check(eve.call("record.list", table="account")["records"] == [], "Eve sees an account")
        eve.close()
        words = [line for _, lines in MEETINGS for line in lines] + [name for name, _ in MEETINGS]
        for folder, _, files in os.walk(eve.store):
            for file in files:
                with open(os.path.join(folder, file), "rb") as opened:
                    content = opened.read()
                for word in words:
                    check(word.encode() not in content, f"'{word}' is in a stranger's {file}")
        print(f"{len(wanted)} observations at the manager, the last after {late * 1000:.0f} ms")


main()
