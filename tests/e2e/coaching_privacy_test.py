#!/usr/bin/env python3
"""What a rep and the direct manager share, with real processes: goals, notes and the monthly share of seller talk reach those two
and nobody else, never before they are shared, and never a line of the rep. Looked for in answers and in the bytes of every store
that must not hold them. Loopback only."""
import glob
import os
import sys

from house import Failed, House, check


def sync_all(*devices):
    for _ in range(2):
        for device in devices:
            device.call("sync.once")


def holds(device, word):
    """Whether any file of a device's store has the word in its bytes."""
    for name in glob.glob(os.path.join(device.store, "**"), recursive=True):
        if os.path.isfile(name):
            with open(name, "rb") as file:
                if word.encode() in file.read():
                    return True
    return False


def said_everywhere(device, word):
    answers = [device.call("goal.list"), device.call("coaching.list"), device.call("team.overview"), device.call("chat.list"),
               device.call("search", query=word)]
    for table in ("goal", "coaching_note", "focus_share", "message", "task", "room"):
        answers.append(device.call("record.list", table=table, limit=1000))
    return any(word in str(answer) for answer in answers)


def unseen(word, **devices):
    for name, device in devices.items():
        check(not said_everywhere(device, word), f"{name} is told {word}")
        check(not holds(device, word), f"{name}'s store holds {word}")


def main():
    with House() as house:
        server = house.server()
        for name in ("Ada Manager", "Vera Above"):
            server.admin("user", "add", name, "--role", "manager")
        server.admin("team", "add", "Europe", "--manager", "Vera Above")
        server.admin("team", "add", "North", "--manager", "Ada Manager", "--in", "Europe")
        for name in ("Ben Rep", "Dan Rep"):
            server.admin("user", "add", name, "--role", "rep", "--team", "North")
        ben, dan, ada, vera = (house.joined(server, name) for name in ("Ben Rep", "Dan Rep", "Ada Manager", "Vera Above"))
        ben_id = ben.call("system.info")["user"]
        account = ben.call("record.put", table="account", fields={"name": "Acme"})["id"]
        ben.call("sync.once")
        server.admin("assign", "Acme", "Ben Rep")

        # A goal is the rep's own until it is shared; then it is the direct manager's too, and nobody else's.
        goal = ben.call("record.put", table="goal", fields={"text": "GOALWORD listen longer", "since": "2025-03-01"})["id"]
        sync_all(ben, dan, ada, vera)
        unseen("GOALWORD", dan=dan, ada=ada, vera=vera)
        ben.call("goal.share", goal=goal)
        sync_all(ben, dan, ada, vera)
        shared = ada.call("goal.list")["shared_with_me"]
        check(len(shared) == 1 and shared[0]["rep"]["name"] == "Ben Rep" and "GOALWORD" in shared[0]["text"], f"shared: {shared}")
        unseen("GOALWORD", dan=dan, vera=vera)
        for method in ("goal.share", "goal.done"):
            try:
                ada.call(method, goal=shared[0]["id"])
                raise AssertionError(f"{method} of somebody else's goal")
            except Failed as refusal:
                check(refusal.data.get("code") == "denied", f"{method}: {refusal}")
        ben.call("goal.done", goal=goal)
        sync_all(ben, ada)
        check(ada.call("goal.list")["shared_with_me"][0]["done"], "a goal that was reached")
        ben.call("goal.share", goal=goal, shared=False)
        sync_all(ben, ada)
        check(ada.call("goal.list")["shared_with_me"] == [], "a goal that was taken back")
        ben.call("goal.share", goal=goal)
        ben.call("goal.done", goal=goal, done=False)
        sync_all(ben, ada)
        check(len(ada.call("goal.list")["shared_with_me"]) == 1, "a goal that was shared again")

        # A note is the manager's own unless it is shared.
        ada.call("record.put", table="coaching_note", fields={"rep": ben_id, "text": "NOTEWORD rushes", "on": "2025-03-02"})
        ada.call("record.put", table="coaching_note", fields={"rep": ben_id, "text": "SHAREDWORD good ear", "shared": True})
        sync_all(ada, ben, dan, vera)
        unseen("NOTEWORD", ben=ben, dan=dan, vera=vera)
        received = ben.call("coaching.list")["received"]
        check([note["by"]["name"] for note in received] == ["Ada Manager"] and "SHAREDWORD" in received[0]["text"], f"received: {received}")
        unseen("SHAREDWORD", dan=dan, vera=vera)

        # Of a debrief the manager gets the facts that were confirmed, and counts of sentences. Never the line.
        chat = ben.call("chat.start", kind="debrief", account=account)["conversation"]
        ben.call("chat.say", conversation=chat, text="The old line stops twice a shift and their night crew waits for hours. "
                                                     "If SELLERWORD slips I will miss my number this quarter.")
        ben.call("chat.act", conversation=chat, action="stop")
        ben.call("chat.act", conversation=chat, action="confirm")
        mine = ben.call("focus.get")
        check(mine["months"] and mine["months"][0]["seller"] > 0, f"own figures: {mine}")
        check([one["name"] for one in mine["shared_with"]] == ["Ada Manager"], f"who reads it: {mine['shared_with']}")
        sync_all(ben, dan, ada, vera)
        theirs = [rep for rep in ada.call("team.overview")["reps"] if rep["name"] == "Ben Rep"]
        check(theirs and theirs[0]["focus_trend"] == mine["months"], f"the manager's figures: {theirs} of {mine}")
        check(ben.call("team.overview")["reps"][0]["focus_trend"] == mine["months"], "the rep sees another figure")
        check(vera.call("team.overview")["reps"] == [] or all(not rep["focus_trend"] for rep in vera.call("team.overview")["reps"]),
              "a manager above sees the share")
        check(dan.call("record.list", table="focus_share")["records"] == [], "a colleague sees the share")
        unseen("SELLERWORD", dan=dan, ada=ada, vera=vera)

        # A one-to-one: the manager's own until it is shared, and nobody begins one who is not the direct manager.
        for other in (dan, vera, ben):
            try:
                other.call("chat.start", kind="coaching", rep=ben_id)
                raise AssertionError("a one-to-one of somebody who is not the direct manager")
            except Failed as refusal:
                check(refusal.data.get("code") == "denied", f"a one-to-one: {refusal}")
        talk = ada.call("chat.start", kind="coaching", rep="Ben Rep")
        check("GOALWORD" in talk["messages"][0]["text"], f"the goal is missing: {talk['messages'][0]['text']}")
        for line in ("TALKWORD he wants to hear people out", "the silence makes him nervous", "I will join his next call."):
            ada.call("chat.say", conversation=talk["conversation"], text=line)
        ada.call("chat.act", conversation=talk["conversation"], action="confirm")
        sync_all(ada, ben, dan, vera)
        unseen("TALKWORD", ben=ben, dan=dan, vera=vera)
        rep = ada.call("coaching.list")["reps"][0]
        check(rep["name"] == "Ben Rep" and [one["text"] for one in rep["promises"]] == ["join his next call"], f"kept: {rep}")
        check(any("TALKWORD" in note["text"] and not note["shared"] for note in rep["notes"]), f"notes: {rep['notes']}")

        # Another manager: the duty goes, and with it all that was shared.
        server.admin("user", "add", "Cleo New", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Cleo New")
        sync_all(ada, ben)
        check(ada.call("goal.list")["shared_with_me"] == [] and ada.call("record.list", table="focus_share")["records"] == [],
              "a manager of before still reads")
        check(not holds(ada, "GOALWORD"), "a shared goal is left in the store of a manager of before")
        check("no longer yours" in ada.call("chat.get", conversation=talk["conversation"])["messages"][0]["text"], "the talk of before")
    print("ok")


if __name__ == "__main__":
    sys.exit(main())
