#!/usr/bin/env python3
"""Every JSON-RPC method that takes an id, asked by everybody about everything: who may not see a record gets, word for word,
the answer to an id that nobody has ever heard of, and nothing of the record; who may see it gets another answer. The methods
come from the published schema; one without a row here fails."""
import json
import re
import sys
import uuid

from house import Failed, House, check

# How a method is asked about a record. `put` would make a record of an unknown id, so it is asked to change a required field.
ROWS = {
    "record.get": lambda r: {"table": r["table"], "id": r["id"]},
    "record.history": lambda r: {"table": r["table"], "id": r["id"]},
    "record.delete": lambda r: {"table": r["table"], "id": r["id"]},
    "record.undo": lambda r: {"table": r["table"], "id": r["id"]},
    "export": lambda r: {"format": "json", "account": r["account"]},
    "chat.start": lambda r: {"kind": "debrief", "account": r["account"]},
    "journey.get": lambda r: {"account": r["account"]},
    "journey.changes": lambda r: {"account": r["account"], "from": "2025-01-01"},
    "plan.get": lambda r: {"account": r["account"]},
    "erase": lambda r: {"contact": r["contact"]},
    "chat.get": lambda r: {"conversation": r["conversation"]},
    "chat.say": lambda r: {"conversation": r["conversation"], "text": "We met them."},
    "chat.act": lambda r: {"conversation": r["conversation"], "action": "why"},
    "chat.draft": lambda r: {"conversation": r["conversation"]},
    "goal.share": lambda r: {"goal": r["id"]},
    "goal.done": lambda r: {"goal": r["id"]},
    "presence.tell": lambda r: {"conversation": r["room"], "state": "here"},
    "conflict.resolve": lambda r: {"id": r["conflict"], "value": "x"},
}
# Those that take no id of a record, or that are not available yet.
NO_IDS = {"system.info", "catalogue.get", "store.init", "clock.set", "record.put", "record.list", "search", "import", "understand",
          "check", "chat.list", "drill.due", "team.overview", "coaching.list", "goal.list", "focus.get", "playbook.list", "playbook.get", "playbook.check", "playbook.publish",
          "playbook.replay", "conflict.list", "language.choose", "change.list", "change.undo", "change.redo", "sync.pending", "sync.pending.discard", "sync.join", "sync.connect", "sync.disconnect", "sync.once", "sync.status",
          "sync.parked.retry", "sync.parked.fix", "sync.parked.discard", "sync.parked.export", "rpc.discover"}
# What is ordered from the server: about the record, and what an administrator may order. The others get one sentence for all of it.
ORDERS = {
    "admin.run": lambda r: {"words": ["assign", r["account"], "Dan Rep"]},
    "admin.user.add": lambda r: {"name": "Mallory", "role": "admin"},
    "admin.user.disable": lambda r: {"user": "Root"},
    "admin.user.list": lambda r: {},
    "admin.team.add": lambda r: {"name": "Shadow"},
    "admin.team.list": lambda r: {},
    "admin.team.leave": lambda r: {"team": "North", "user": "Ben Rep"},
    "admin.account.list": lambda r: {},
    "admin.assign": lambda r: {"account": r["account"], "to": "Dan Rep"},
    "admin.unassign": lambda r: {"account": r["account"], "from": "Ben Rep"},
    "admin.invite": lambda r: {"user": "Root"},
    "admin.device.list": lambda r: {},
    "admin.device.revoke": lambda r: {"device": r["id"]},
    "admin.status": lambda r: {},
    "admin.handover.list": lambda r: {},
    "admin.handover.show": lambda r: {"id": 1},
    "admin.handover.file": lambda r: {"id": 1},
    "admin.handover.drop": lambda r: {"id": 1},
    "admin.erase": lambda r: {"contact": r["contact"]},
}
# An administrator's answers to what only looks; what changes something is tried in admin_rpc_test.py.
LOOKS = {"admin.user.list", "admin.team.list", "admin.account.list", "admin.device.list", "admin.status", "admin.handover.list"}
# Methods that change what they are asked about: asked of those who may not see it only.
CHANGES = {"record.delete", "record.undo", "erase", "chat.say", "conflict.resolve", "chat.start", "goal.share", "goal.done"}


def answer(device, method, params):
    try:
        return "result", device.call(method, **params)
    except Failed as failed:
        return "error", {"code": failed.code, **failed.data, "message": str(failed)}


def plain(said, ids):
    """The answer without the ids that were asked about."""
    text = json.dumps(said, sort_keys=True)
    for one in ids:
        text = text.replace(one, "ID")
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text)


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("user", "add", "Cleo Other", "--role", "manager")
        server.admin("user", "add", "Root", "--role", "admin")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        server.admin("team", "add", "South", "--manager", "Cleo Other")
        server.admin("user", "add", "Ben Rep", "--role", "rep", "--team", "North")
        server.admin("user", "add", "Dan Rep", "--role", "rep", "--team", "South")
        owner = house.joined(server, "Ben Rep")
        account = owner.call("record.put", table="account", fields={"name": "Canary Works"})["id"]
        contact = owner.call("record.put", table="contact", fields={"account": account, "name": "Canary Sarah"})["id"]
        task = owner.call("record.put", table="task", fields={"account": account, "text": "canary-private"})["id"]
        owner.call("sync.once")
        conversation = owner.call("chat.start", kind="debrief", account=account)["conversation"]
        owner.call("chat.say", conversation=conversation, text="Canary Sarah said the old line stops every week.")
        room = owner.call("chat.start", kind="deal_review", account=account)["conversation"]
        owner.call("sync.once")

        schema = owner.call("rpc.discover")
        missing = {m["name"] for m in schema["methods"]} - set(ROWS) - NO_IDS - set(ORDERS)
        check(not missing, f"no row for {sorted(missing)}")

        def about(table, id_, account_=account, contact_=contact, conversation_=conversation, room_=room):
            return {"table": table, "id": id_, "account": account_, "contact": contact_, "conversation": conversation_, "room": room_,
                    "conflict": f"{contact_}/name"}

        records = [about("account", account), about("contact", contact), about("task", task)]
        # The rep's own; the manager above reads the account and its people, not what is private to the rep.
        people = {"Ben Rep": {"account", "contact", "task"}, "Ada Manager": {"account", "contact"}, "Cleo Other": set(),
                  "Dan Rep": set(), "Root": set()}
        asked = 0
        for name, sees in people.items():
            device = owner if name == "Ben Rep" else house.joined(server, name)
            device.call("sync.once")
            for record in records:
                for method, row in ROWS.items():
                    named = set(row(record))
                    subject = record["table"] if "id" in named and "table" in named else (
                        "contact" if named & {"contact"} or method == "conflict.resolve" else
                        "account" if method == "presence.tell" else  # A review is the account's.
                        "task" if "conversation" in named else "account")  # A debrief is private as the task is.
                    ids = [record[key] for key in ("id", "account", "contact", "conversation", "conflict", "room")]
                    unknown = [str(uuid.uuid4()) for _ in ids]
                    unknown[4] = f"{unknown[2]}/name"
                    stranger = dict(record, **dict(zip(("id", "account", "contact", "conversation", "conflict", "room"), unknown)))
                    if subject in sees:
                        if method in CHANGES or method == "conflict.resolve":
                            continue
                        kind, said = answer(device, method, row(record))
                        check(kind == "result", f"{name} asks {method} about the {subject}: {said}")
                    else:
                        real, made_up = answer(device, method, row(record)), answer(device, method, row(stranger))
                        check(plain(real, ids) == plain(made_up, unknown),
                              f"{name} asks {method} about the {subject}:\n  {real}\nabout nothing:\n  {made_up}")
                        check(real[0] == "error", f"{name} asks {method} about the {subject} and gets {real}")
                        check("anary" not in json.dumps(real), f"{name} is told of it by {method}: {real}")
                    asked += 1
            role = name.split()[-1]
            refusals = set()
            for record in records:
                for method, row in ORDERS.items():
                    kind, said = answer(device, method, row(record)) if role != "Root" or method in LOOKS else ("result", {})
                    filing = method.startswith("admin.handover.") and role in ("Manager", "Other")
                    if role == "Root" or method == "admin.handover.list" and filing:
                        check(kind == "result", f"{name} orders {method}: {said}")
                    elif filing:
                        check(kind == "error" and said["code"] == "not_found", f"{name} orders {method}: {said}")
                    else:
                        check(kind == "error", f"{name} ordered {method}: {said}")
                        refusals.add(json.dumps(said, sort_keys=True))
                    check("anary" not in json.dumps(said), f"{name} is told of it by {method}: {said}")
                    asked += 1
            check(len(refusals) == (role != "Root") and all('"code": "denied"' in said for said in refusals),
                  f"{name} can tell what is there from {refusals}")
            if not sees:
                for method, params in {"search": {"query": "canary"}, "conflict.list": {}, "chat.list": {}, "team.overview": {},
                                       **{f"record.list {t['name']}": {"table": t["name"]} for t in device.call("catalogue.get")["tables"]}}.items():
                    kind, said = answer(device, method.split()[0], params)
                    check("anary" not in json.dumps(said), f"{name} is shown it by {method}: {said}")
                    asked += 1
        check(asked > 150, f"only {asked} questions were asked")
        print(f"{asked} questions, each answered as it should be")


if __name__ == "__main__":
    sys.exit(main())
