#!/usr/bin/env python3
"""Who is in a review room and who is typing, with the real server and devices: members who are online see it within a
second, a colleague without the account never, and nothing of it is written anywhere."""
import queue
import time

from house import House, check, refused
from raw_client import Bytes64, RawDevice, uuid_bytes


def presence(device, seconds):
    """All that this device tells of people in rooms for so long: (name, state)."""
    told, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            said = device.notifications.get(timeout=max(0.01, until - time.monotonic()))
        except queue.Empty:
            break
        if said["method"] == "presence":
            told.append((said["params"]["user"]["name"], said["params"]["state"]))
    return told


def sees(device, room, name, state, seconds=1.0):
    try:
        device.wait("presence", lambda p: (p["conversation"], p["user"]["name"], p["state"]) == (room, name, state), seconds)
    except queue.Empty:
        raise AssertionError(f"{name} is not seen as '{state}' within {seconds} s") from None


def sees_nothing(device, why, seconds=1.0):
    told = presence(device, seconds)
    check(not told, f"{why}: {told}")


def caught_up(device):
    device.call("sync.connect")
    if device.call("sync.status")["state"] != "caught_up":
        device.wait("sync", lambda s: s["state"] == "caught_up")


def told_by_a_raw_client(raw, scope, room):
    """A session of a colleague who serves nothing, and says what he likes about the room."""
    client, welcome = raw.greeted()
    check(scope not in welcome.get("open", []), "the colleague may read the account")
    for word in ("here", "typing"):
        client.send(k="presence", r=Bytes64(uuid_bytes(room)), s=scope, w=word)
        client.send(k="presence", r=Bytes64(uuid_bytes(room)), s="workspace", w=word)
    return client


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        for name in ("Ben Rep", "Zoe Other", "Raw Other"):
            server.admin("user", "add", name, "--role", "rep", *(["--team", "North"] if name == "Ben Rep" else []))
        ada, ben, zoe = (house.joined(server, name) for name in ("Ada Manager", "Ben Rep", "Zoe Other"))
        account = ben.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
        scope = "account/" + account
        for device in (ben, ada, zoe):
            device.call("sync.once")

        # Without a connection nothing happens, and nothing comes of it later.
        room = ben.call("chat.start", kind="deal_review", account=account)["conversation"]
        ben.call("presence.tell", conversation=room, state="typing")
        ben.call("sync.once")
        for device in (ada, zoe):
            caught_up(device)
        caught_up(ben)
        sees_nothing(ada, "what was said without a connection came later")

        # Joining tells that one is there; who comes later hears who is.
        ben.call("chat.start", kind="deal_review", account=account)
        sees(ada, room, "Ben Rep", "here")
        check(ada.call("chat.start", kind="deal_review", account=account)["conversation"] == room, "another room was made")
        sees(ben, room, "Ada Manager", "here")
        began = time.monotonic()
        ben.call("presence.tell", conversation=room, state="typing")
        sees(ada, room, "Ben Rep", "typing")
        sees(ada, room, "Ben Rep", "here", 8)
        took = time.monotonic() - began
        check(5.5 < took < 7.5, f"typing ended after {took:.1f} s")

        # A room that is made while connected is told at once, too, and two rooms are two.
        second = ben.call("chat.start", kind="plan_review", account=account)["conversation"]
        sees(ada, second, "Ben Rep", "here")
        ben.call("presence.tell", conversation=second, state="gone")
        sees(ada, second, "Ben Rep", "gone")

        # Not a word to a colleague without the account, nor from one, whatever he forges.
        raw = RawDevice(server.port, server.admin("invite", "Raw Other"))
        client = told_by_a_raw_client(raw, scope, room)
        ben.call("presence.tell", conversation=room, state="typing")
        sees(ada, room, "Ben Rep", "typing")
        told = presence(ada, 0.7)
        check(all(name == "Ben Rep" for name, _ in told), f"a forged word came through: {told}")
        sees_nothing(zoe, "a colleague without the account is told", 0.2)
        client.send(k="ping")
        while (said := client.read())["k"] != "pong":
            check(said["k"] != "presence", f"a colleague without the account is told: {said}")
        client.close()
        check(refused(zoe, "presence.tell", conversation=room, state="here")["code"] == "not_found", "an unreadable room is not refused")
        private = ben.call("chat.start", kind="debrief", account=account)["conversation"]
        check(refused(ben, "presence.tell", conversation=private, state="here")["code"] == "invalid", "a debrief is no room")
        check(refused(ben, "presence.tell", conversation=room, state="asleep")["code"] == "invalid", "an unknown state is taken")

        # Nothing of it is a change: no number, nothing that waits, nothing for others to pull.
        for device in (ben, ada):
            device.call("sync.once")
        for state in ("here", "typing", "here", "typing", "gone", "here"):
            ben.call("presence.tell", conversation=room, state=state)
            time.sleep(0.25)
        for device in (ben, ada):
            status = device.call("sync.status")
            check(status["pending"] == 0 and not status["parked"], f"something waits: {status}")
            check(device.call("sync.once") == {"pushed": 0, "pulled": 0, "parked": 0}, "something was pushed or pulled")
        presence(ada, 0.5)

        # Leaving: told, cut off, killed.
        ben.call("sync.disconnect")
        sees(ada, room, "Ben Rep", "gone")
        told = presence(ben, 0.2)
        check(("Ada Manager", "gone") in told, f"without a connection somebody is still shown: {told}")
        caught_up(ben)
        sees_nothing(ada, "a new connection told where he was before he left")
        ben.call("chat.start", kind="deal_review", account=account)
        sees(ada, room, "Ben Rep", "here")
        ben.kill()
        sees(ada, room, "Ben Rep", "gone", 3)
        ben.start()
        caught_up(ben)
        ben.call("chat.start", kind="deal_review", account=account)
        sees(ada, room, "Ben Rep", "here")

        # A link that comes back says it again: they never left the room.
        server.kill()
        sees(ada, room, "Ben Rep", "gone", 3)
        server.start()
        sees(ada, room, "Ben Rep", "here", 30)
        sees(ben, room, "Ada Manager", "here", 30)

        # Losing the account ends it for both sides.
        server.admin("assign", account, "Zoe Other")
        zoe.wait("changed", lambda p: any(r["id"] == room for r in p["records"]))
        zoe.call("chat.start", kind="deal_review", account=account)
        sees(ada, room, "Zoe Other", "here")
        server.admin("unassign", account, "Zoe Other")
        sees(ada, room, "Zoe Other", "gone", 3)
        presence(zoe, 0.5)
        ben.call("presence.tell", conversation=room, state="typing")
        sees(ada, room, "Ben Rep", "typing")
        sees_nothing(zoe, "somebody who lost the account is told")
        print("seen by those in the room within a second, by nobody else, and written nowhere")


main()
