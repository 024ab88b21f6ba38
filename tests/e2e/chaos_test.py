#!/usr/bin/env python3
"""Devices and the server killed with -9 at random moments while four people write, through a network that cuts, stalls,
slices, delays and resets: nothing that was shown as saved is lost, nothing is there twice, all end with the same.

DEBRIEF_KILLS sets how many kills (40; a long run: 1000), DEBRIEF_SEED the seed."""
import os
import random
import threading
import time

from chaos_proxy import KINDS, Proxy
from house import Failed, House, check

KILLS = int(os.environ.get("DEBRIEF_KILLS", "40"))
SEED = int(os.environ.get("DEBRIEF_SEED", "5"))
REPS = ("Ben Rep", "Cem Rep", "Dana Rep")


class Writer(threading.Thread):
    """One device and its person. Kills itself now and then, in the middle of whatever it does."""

    def __init__(self, device, number, account, contact, budget):
        super().__init__(daemon=True)
        self.device, self.number, self.account, self.contact, self.budget = device, number, account, contact, budget
        self.chance = random.Random(SEED * 100 + number)
        self.saved, self.roles, self.perhaps, self.kills, self.count = {}, [], set(), 0, 0
        self.problem = None

    def run(self):
        try:
            self.device.call("sync.connect")
            while self.budget.left():
                self.write()
                time.sleep(self.chance.random() * 0.02)
        except BaseException as problem:  # Told by the main thread.
            self.problem = problem

    def write(self):
        self.count += 1
        text = f"fact {self.number}-{self.count}"
        if self.chance.random() < 0.3:
            params = {"table": "contact", "id": self.contact, "fields": {"role": text}}
        else:
            params = {"table": "observation", "fields": {
                "account": self.account, "dimension": "why_change", "text": text, "said_on": "2026-03-02", "state": "confirmed"}}
        if self.chance.random() < 0.06 and self.budget.take():
            self.perhaps.add(text)
            self.device.send("record.put", **params)
            time.sleep(self.chance.random() * 0.02)
            self.device.kill()
            self.kills += 1
            self.device.start()
            self.device.call("sync.connect")
            return
        made = self.device.call("record.put", **params)
        if "id" in params:
            self.roles.append(text)
        else:
            self.saved[text] = made["id"]


class Budget:
    def __init__(self, kills):
        self.kills, self.lock = kills, threading.Lock()

    def take(self):
        with self.lock:
            if self.kills <= 0:
                return False
            self.kills -= 1
            return True

    def left(self):
        return self.kills > 0


def caught_up(devices, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        quiet = True
        for device in devices:
            try:
                done = device.call("sync.once", timeout_s=20)
                quiet = quiet and done["pushed"] == done["pulled"] == 0 and device.call("sync.status")["pending"] == 0
            except Failed as failed:
                print("not yet:", failed)
                quiet = False
                time.sleep(0.5)
        if quiet:
            return
    raise AssertionError("the devices do not come to rest: " + str([d.call("sync.status") for d in devices]))


def listing(device, table):
    found, after = {}, None
    while True:
        page = device.call("record.list", table=table, limit=500, **({"after": after} if after else {}))
        for record in page["records"]:
            check(record["id"] not in found, f"a record is there twice: {record}")
            found[record["id"]] = record
        after = page.get("next")
        if not after:
            return found


def main():
    chance = random.Random(SEED)
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        for rep in REPS:
            server.admin("user", "add", rep, "--role", "rep", "--team", "North")
        proxy = Proxy(server.port, SEED)
        devices = []
        for user in ("Ada Manager", *REPS):
            device = house.device(user)
            device.call("sync.join", invitation=proxy.of(server.admin("invite", user)))
            devices.append(device)
        manager, first = devices[0], devices[1]
        account = first.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
        contact = first.call("record.put", table="contact", fields={"account": account, "name": "Sarah Chen", "role": "COO"})["id"]
        caught_up(devices[1:2])
        for rep in REPS[1:]:
            server.admin("assign", account, rep)
        caught_up(devices)

        proxy.kinds = KINDS
        proxy.cut()
        budget = Budget(KILLS)
        writers = [Writer(device, number, account, contact, budget) for number, device in enumerate(devices)]
        for writer in writers:
            writer.start()
        server_kills = 0
        while budget.left() and not any(writer.problem for writer in writers):
            time.sleep(0.03 + chance.random() * 0.25)
            if budget.take():
                server.kill()
                server_kills += 1
                time.sleep(chance.random() * 0.05)
                server.start()
        for writer in writers:
            writer.join(timeout=120)
            if writer.problem:
                raise writer.problem
            check(not writer.is_alive(), "a writer hangs")

        proxy.heal()
        caught_up(devices)
        seen = [listing(device, "observation") for device in devices]
        for number, one in enumerate(seen):
            check(one == seen[0], f"device {number} holds other observations than the manager's")
        by_text = {}
        for record in seen[0].values():
            check(record["text"] not in by_text, f"doubled: {record['text']}")
            by_text[record["text"]] = record["id"]
        saved = {text: record for writer in writers for text, record in writer.saved.items()}
        for text, record in saved.items():
            check(by_text.get(text) == record, f"saved and lost: {text}")
        perhaps = set().union(*(writer.perhaps for writer in writers))
        check(set(by_text) <= set(saved) | perhaps, "something was made up")
        roles = [device.call("record.get", table="contact", id=contact)["role"] for device in devices]
        check(len(set(roles)) == 1, f"the role differs: {roles}")
        history = {v["value"] for v in manager.call("record.history", table="contact", id=contact, field="role")["versions"]}
        for text in (role for writer in writers for role in writer.roles):
            check(text in history, f"a role that was saved is in no history: {text}")
        for device in devices:
            check(device.call("sync.status")["parked"] == [], "something was refused")
        kills = sum(writer.kills for writer in writers)
        print(f"{kills} kills of devices, {server_kills} of the server, connections {proxy.met}; "
              f"{len(saved)} facts and {sum(len(w.roles) for w in writers)} roles saved, all there once on {len(devices)} devices")
        proxy.close()


main()
