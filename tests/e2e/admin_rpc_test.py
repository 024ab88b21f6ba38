#!/usr/bin/env python3
"""Administration from an administrator's device, with real processes: users, teams, who serves what, an invitation with which a
second device joins and is cut off again; what a rep and a manager get for each of it, and for what they say past our own
program; and that nothing is done later that could not be done at once. Loopback only."""
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "second_client"))
from client import Client
from house import DEBRIEF, House, check, refused
from wire import Link

# Every method with parameters that would do something.
ORDERS = {
    "admin.run": {"words": ["user", "add", "Mallory", "--role", "admin"]},
    "admin.user.add": {"name": "Mallory", "role": "admin"},
    "admin.user.disable": {"user": "Root"},
    "admin.user.list": {},
    "admin.team.add": {"name": "Shadow"},
    "admin.team.list": {},
    "admin.team.leave": {"team": "North", "user": "Ann Rep"},
    "admin.account.list": {},
    "admin.assign": {"account": "Acme", "to": "Rob Rep"},
    "admin.unassign": {"account": "Acme", "from": "Ann Rep"},
    "admin.invite": {"user": "Root"},
    "admin.device.list": {},
    "admin.device.revoke": {"device": "laptop"},
    "admin.status": {},
    "admin.handover.list": {},
    "admin.handover.show": {"id": 1},
    "admin.handover.file": {"id": 1},
    "admin.handover.drop": {"id": 1},
    "admin.erase": {"contact": "01977420-dc00-7003-8000-000000000003"},
}


def state(server):
    """All that an administrator can see, in the server's own folder; when somebody was last seen is left out."""
    lists = [json.loads(server.admin(*words, "--json")) for words in (("user", "list"), ("team", "list"), ("device", "list"))]
    for device in lists[2]["devices"]:
        del device["seen_at"]
    lists[2].pop("text")
    return lists


def cli(device, *words, code=0):
    done = subprocess.run([DEBRIEF, "admin", *words, "--store", device.store], capture_output=True, text=True, timeout=60)
    check(done.returncode == code, f"debrief admin {words}: {done.returncode} {done.stdout} {done.stderr}")
    return done.stdout + done.stderr


def administers(house, server, root):
    """From a user that is added to a device that is cut off, all from the administrator's device."""
    check(root.call("admin.status")["users"] == 2, "the first administrator, and this one")
    root.call("admin.team.add", name="North")
    ann = root.call("admin.user.add", name="Ann Rep", role="rep", team="North")
    check(ann["name"] == "Ann Rep" and set(ann) == {"id", "name", "role"}, f"added: {ann}")
    root.call("admin.user.add", name="Max Manager", role="manager")
    root.call("admin.team.add", name="North", manager=root.call("admin.user.add", name="Max Manager", role="manager")["id"])
    check(root.call("admin.team.list")["teams"] == [{"id": root.call("admin.team.list")["teams"][0]["id"], "name": "North",
                                                    "manager": "Max Manager", "in": "", "members": 1}], "the team")
    root.call("admin.user.add", name="--role", role="rep")  # A name is a name.
    check({user["name"] for user in root.call("admin.user.list")["users"]} == {"Administrator", "Root", "Ann Rep", "Max Manager", "--role"}, "users")
    check(refused(root, "admin.user.add", name="Mo", team="South")["code"] == "not_found", "a team that is not there")
    said = refused(root, "admin.run", words=["user", "add", "Mo", "--role", "emperor"])
    check(said["code"] == "invalid" and "admin" in said["hint"], f"a role that is none: {said}")
    said = refused(root, "admin.run", words=["import", "crm-csv", "/etc"])
    check(said["code"] == "denied" and "--data" in said["hint"], f"files of the server: {said}")

    phone = house.device("phone")
    phone.call("sync.join", invitation=root.call("admin.invite", user="Ann Rep")["invitation"])
    phone.call("sync.connect")
    phone.wait("sync", lambda status: status["state"] == "caught_up")
    account = phone.call("record.put", table="account", fields={"name": "Acme"})["id"]
    phone.call("sync.once")
    root.call("admin.assign", account="Acme", to="Max Manager")
    # Who serves what is an administrator's to know; what an account is called is for those who serve it.
    def listed(**params):
        found = root.call("admin.account.list", **params)
        check(not found["more"], f"more than one account: {found}")
        return [(one.get("name"), sorted(who["name"] for who in one["serving"])) for one in found["accounts"]]
    check(listed() == [(None, ["Ann Rep", "Max Manager"])] and listed(find="acme") == [], f"an account of others: {listed()}")
    root.call("admin.assign", account=account, to="Root")
    check(listed(find="aCM") == [("Acme", ["Ann Rep", "Max Manager", "Root"])] and listed(find="zzz") == [], f"an account of one's own: {listed()}")
    root.call("admin.unassign", account=account, **{"from": "Root"})
    root.call("admin.unassign", account=account, **{"from": "Max Manager"})
    check("Acme" in server.admin("account", "list") and "Ann Rep" in server.admin("account", "list", "--find", "acme"), "in the folder")
    # Out of a team and in again: who leads it loses and gains what its members serve.
    max_ = house.joined(server, "Max Manager", "max")
    max_.call("sync.once")
    check(len(max_.call("record.list", table="account")["records"]) == 1, "a manager reads what the team serves")
    root.call("admin.team.leave", team="North", user="Ann Rep")
    check([user["teams"] for user in root.call("admin.user.list")["users"] if user["name"] == "Ann Rep"] == [[]], "in no team")
    max_.call("sync.once")
    check(max_.call("record.list", table="account")["records"] == [], "it is gone with the member")
    check(refused(root, "admin.team.leave", team="North", user="Ann Rep")["code"] == "not_found", "twice")
    root.call("admin.user.add", name="Ann Rep", role="rep", team="North")
    check([(user["teams"], user["language"]) for user in root.call("admin.user.list")["users"] if user["name"] == "Ann Rep"] == [(["North"], "en")], "in it again")
    mine = [one for one in root.call("admin.device.list")["devices"] if one["user"] == "Ann Rep"]
    check(len(mine) == 1 and not mine[0]["revoked"], f"devices: {mine}")
    while not phone.notifications.empty():
        phone.notifications.get()
    started = time.monotonic()
    root.call("admin.device.revoke", device=mine[0]["id"])
    phone.wait("sync", lambda status: status["state"] == "revoked", seconds=5)
    cut = time.monotonic() - started
    check(refused(phone, "sync.once")["code"] == "denied", "a revoked device syncs")
    root.call("admin.user.disable", user="--role")
    check([user["active"] for user in root.call("admin.user.list")["users"] if user["name"] == "--role"] == [False], "it may sign in")
    return cut


def at_the_command_line(root):
    check("Kim is a rep here" in cli(root, "user", "add", "Kim", "--role", "rep"), "user add")
    check("/join#" in cli(root, "invite", "Kim"), "invite")
    check("import" in cli(root, "import", "crm-csv", "/tmp", code=4), "import")
    check("Did you mean: debrief admin user list?" in cli(root, "usr", "list", code=2), "a typo")
    # One program keeps the link of a store: the other is told so.
    root.call("sync.connect")
    root.wait("sync", lambda status: status["state"] == "caught_up")
    check("keeps the link" in cli(root, "user", "list", code=6), "two programs")
    check(root.call("admin.user.list")["users"], "on a link that is kept")
    root.call("sync.disconnect")


def others(house, server):
    """A rep and a manager: nothing happens, in one sentence for all of it."""
    people = {"Ann Rep": [], "Max Manager": [name for name in ORDERS if name.startswith("admin.handover.")]}
    for name, may in people.items():
        device = house.joined(server, name)
        before = state(server)
        words = set()
        for method, params in ORDERS.items():
            if method in may:
                continue
            said = refused(device, method, **params)
            check(said["code"] == "denied", f"{name} {method}: {said}")
            words.add(json.dumps(said, sort_keys=True))
        check(len(words) == 1, f"{name} can tell them apart: {words}")
        check(cli(device, "user", "list", code=4) == cli(device, "device", "revoke", "laptop", code=4), "the command line tells more")
        for method in may:
            if method == "admin.handover.list":
                check(device.call(method) == {"handover": []}, "a manager's inbox")
            else:
                check(refused(device, method, id=1)["code"] == "not_found", f"{name} {method}")
        check(state(server) == before, f"{name} changed something")
        device.close()


def hostile(server):
    """Ann again, with a program of her own: every command, odd words, and orders before the greeting."""
    client = Client(lambda: int(time.time() * 1000))
    heard = []
    client.witness = heard.append
    link = Link(client, server.admin("invite", "Ann Rep"))
    link.open()
    link.run(lambda: client.state == "caught_up", "Ann's own client")
    before = state(server)
    tried = [["user", "add", "Mallory", "--role", "admin"], ["user", "list"], ["invite", "Root"], ["device", "list"], ["sample"],
             ["import", "crm-csv", "/etc"], ["handover", "list"], ["handover", "file", "1"], ["status"], ["erase", "contact", "x"],
             ["--data", "/", "user", "list"], ["--", "user", "list"], [""], ["user\0add"], ["x" * 30000], ["handover"] * 500]
    for words in tried:
        client.order(words)
    link.run(lambda: sum(frame["k"] == "administered" for frame in heard) == len(tried), "an answer to each")
    said = {json.dumps({key: value for key, value in frame.items() if key != "q"}, sort_keys=True)
            for frame in heard if frame["k"] == "administered"}
    check(len(said) == 1 and '"c": "denied"' in said.pop(), f"she is told more: {said}")
    check(state(server) == before, "she changed something")
    # Made an administrator she is one at once, and no longer when that is taken back: on the same connection.
    heard.clear()
    for role in ("admin", "rep"):
        server.admin("user", "add", "Ann Rep", "--role", role)
        client.order(["user", "list"])
        link.run(lambda: sum(frame["k"] == "administered" for frame in heard) == (1 if role == "admin" else 2), role)
    answers = [frame for frame in heard if frame["k"] == "administered"]
    check("Root" in answers[0].get("r", "") and answers[1].get("c") == "denied", f"roles: {answers}")
    link.drop()
    return len(tried)


def without_connection(server, root):
    before = state(server)
    server.close()
    said = refused(root, "admin.user.add", name="Late")
    check(said["code"] == "offline" and "Nothing was changed" in said["hint"], f"offline: {said}")
    cli(root, "user", "add", "Later", code=5)
    server.start()
    root.call("sync.once")
    check(state(server)[0] == before[0], "it was done later")


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Root", "--role", "admin")
        root = house.joined(server, "Root", "laptop")
        cut = administers(house, server, root)
        at_the_command_line(root)
        without_connection(server, root)
        others(house, server)
        tried = hostile(server)
    print(f"cut after {cut * 1000:.0f} ms; {len(ORDERS)} methods refused to a rep and a manager; {tried} orders of a program of her own")
    return 0


if __name__ == "__main__":
    sys.exit(main())
