#!/usr/bin/env python3
"""A client that was written from docs/sync.md alone: it plays the golden transcripts, and then syncs with the real server and a
real device. Whoever writes another one may begin with tests/e2e/second_client/client.py."""
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "second_client"))
from house import DEBRIEF, House, check
from client import Client, digest, id_text, unpack, uuid7
from player import play_all
from wire import Link


def milliseconds():
    return int(time.time() * 1000)


class Second:
    """A second client with its line; what it was told is noted by kind."""

    def __init__(self, server, user, **options):
        self.seen = []
        self.client = Client(milliseconds, **options)
        self.client.witness = self.seen.append
        self.link = Link(self.client, server.admin("invite", user))

    def said(self, kind):
        return [frame for frame in self.seen if frame["k"] == kind]

    def connect(self):
        self.seen.clear()
        self.link.open()
        return self.level()

    def level(self, words="caught up"):
        """Nothing is left, and our own has come back in the log."""
        self.link.run(lambda: self.client.state == "caught_up" and not self.client.own, words)
        return self

    def sees(self, record, words, **fields):
        def there():
            shown = self.shown(record)
            return shown is not None and all(shown.get(key) == value for key, value in fields.items())
        self.link.run(there, words)

    def shown(self, record):
        found = self.client.find(record)[1]
        return found and found.shown()


def listed(device, what, *words):
    done = subprocess.run([DEBRIEF, what, *words, "--store", device.store, "--json"], capture_output=True, text=True, timeout=20)
    check(done.returncode == 0, f"debrief {what}: {done.stderr}")
    found = json.loads(done.stdout)
    return found if isinstance(found, list) else found[what]


def pushes_and_follows(server, device, second):
    """What it pushes is on a real device; what the device writes comes live; nothing comes twice after a cut."""
    client, account, contact = second.client, uuid7(), uuid7()
    scope = "account/" + id_text(account)
    client.commit(scope, [("account", account, {"name": "Brightfield Dairy"}),
                          ("contact", contact, {"account": account, "name": "Sarah Chen", "role": "COO"})])
    second.level("its push is in the log")
    device.call("sync.once")
    check([one["name"] for one in listed(device, "accounts")] == ["Brightfield Dairy"], "the account is not on the device")
    check([(one["name"], one["role"], one["id"]) for one in listed(device, "contacts")] == [("Sarah Chen", "COO", id_text(contact))],
          f"the contact is not on the device: {listed(device, 'contacts')}")

    jo = device.call("record.put", table="contact", fields={"account": id_text(account), "name": "Jo"})["id"]
    device.call("record.put", table="contact", id=id_text(contact), fields={"role": "CEO"})
    device.call("sync.once")
    second.sees(contact, "the device's change, live", role="CEO")
    device.call("sync.connect")
    client.commit(scope, [("contact", uuid7(), {"account": account, "name": "Ida"})])
    second.level()
    end = time.monotonic() + 10
    while {one["name"] for one in listed(device, "contacts")} != {"Sarah Chen", "Jo", "Ida"}:
        check(time.monotonic() < end, "the device did not hear of it live")
    device.call("sync.disconnect")

    second.link.drop()
    kit = device.call("record.put", table="contact", fields={"account": id_text(account), "name": "Kit"})["id"]
    device.call("sync.once")
    second.connect()
    came = [entry for frame in second.said("log") for entry in frame["e"]]
    check(len(came) == 1 and second.shown(bytes.fromhex(kit.replace("-", "")))["name"] == "Kit", f"after a cut came {len(came)} entries")
    # Cut before the answer: the same bytes again, the same word.
    client.commit(scope, [("contact", bytes.fromhex(jo.replace("-", "")), {"phone": "+49 30 1234"})])
    second.link.flush()
    time.sleep(0.3)
    second.link.drop()
    second.connect()
    check([result.get("d") for frame in second.said("results") for result in frame["r"]] in ([True], []), "the repeated push")
    check(client.status()["pending"] == 0, "the repeated push waits")
    return account, contact, scope


def refused_and_settled(device, second, contact, scope):
    """Two write one field at once; the second client chooses. What is not there for it is refused, and parked."""
    client, jim = second.client, uuid7()
    second.link.drop()
    device.call("record.put", table="contact", id=id_text(contact), fields={"role": "Chair"})
    client.commit(scope, [("contact", contact, {"role": "Owner"})])
    device.call("sync.once")
    second.connect()
    check(client.status()["conflicts"] == 1, f"no conflict: {client.status()}")
    client.commit(scope, [("contact", contact, {"role": "Owner"})])
    client.commit("account/" + id_text(uuid7()), [("contact", jim, {"name": "Jim"})])
    second.level()
    check(client.status()["conflicts"] == 0 and client.status()["parked"] == ["not_found"], f"refused and settled: {client.status()}")
    check(second.shown(jim) is None, "what was refused is shown")
    device.call("sync.once")
    check(device.call("conflict.list")["conflicts"] == [], "the device still has the conflict")
    check(device.call("record.get", table="contact", id=id_text(contact))["role"] == "Owner", "the choice is not on the device")


def snapshot(server, device, second, account, contact, scope):
    """Words are erased; then the log is long: a new client, in JSON, takes the state of it, is cut in the middle, and goes on."""
    client, gone = second.client, uuid7()
    client.commit(scope, [("contact", gone, {"account": account, "name": "Uwe", "note": "", "role": "Buyer"})])
    second.level()
    device.call("sync.once")
    for note in ("likes boats", "likes boats and trains", ""):
        device.call("record.put", table="contact", id=id_text(gone), fields={"note": note})
        device.call("record.put", table="contact", id=id_text(contact), fields={"note": note + " a lot"})
        device.call("sync.once")
    client.commit(scope, deleted=[("contact", gone)])
    second.level()
    client.commit(scope, [("contact", gone, {"phone": "555-1"})])
    second.level()
    second.link.drop()
    server.admin("erase", "contact", id_text(gone))
    waiting = client.commit(scope, [("contact", gone, {"phone": "555-2"})])
    second.link.open()
    client.sent = waiting  # It waits until the erasure has been read: then it goes without its words, and with the hash that it had.
    second.link.run(lambda: any(rule["i"] == gone for rule in client.erased[scope]), "the erasure")
    check("h" in unpack(client.own[waiting].payload) and b"555" not in client.own[waiting].payload, "what waits has its words")
    client.sent = waiting - 1
    client.push()
    second.level("what was erased while it waited")
    second.sees(gone, "the erasure", name="erased", role="erased", phone="erased")
    held = [head for heads in client.records[scope][gone].fields.values() for head in heads]
    check(not {"Uwe", "Buyer", "555-1", "555-2", "likes boats and trains"} & {text for head in held for text in (head.value, head.base)}, "words stay")
    people = [uuid7() for _ in range(12)]
    for number in range(260):
        client.commit(scope, [("contact", people[number % 12], {"account": account, "name": f"Person {number}", "note": f"{number} " * 2500})])
    second.level("260 changesets pushed")

    third = Second(server, "Ann Rep", as_json=True)
    third.link.open()
    third.link.run(lambda: len(third.said("state")) >= 2, "a state begins")
    third.link.drop()
    check(third.client.staged and third.shown(account) is None, "what is staged is shown")
    third.connect()
    check(third.said("state")[0].get("a"), "the state began anew after the cut")
    ends = [frame for frame in third.said("state_end") if frame["s"] == scope]
    check(len(ends) == 1 and ends[0]["d"] == digest(client.records[scope]), "the log and the state differ")
    check(third.shown(people[0])["name"] == second.shown(people[0])["name"] and third.shown(gone)["role"] == "erased", "the state shows else")
    client.commit(scope, [("contact", contact, {"role": "CFO"})])
    second.level()
    third.sees(contact, "the log after the state", role="CFO")
    return third


def comes_and_goes(server, second, third, contact, scope):
    """An account is lost and given back; what was written there meanwhile is handed over."""
    client = second.client
    third.link.drop()
    third.client.commit(scope, [("contact", contact, {"role": "Nobody"})])
    server.admin("user", "add", "Ben Rep", "--role", "rep")
    server.admin("assign", "Brightfield Dairy", "Ben Rep")
    server.admin("unassign", "Brightfield Dairy", "Ann Rep")
    second.link.run(lambda: scope not in client.cursors, "scope_close")
    check(second.said("scope_close") and client.find(contact) == (None, None), "words of a lost account stay")
    third.connect()
    check([result["s"] for frame in third.said("results") for result in frame["r"]] == ["handed_over"], "it was not handed over")
    check(scope not in third.client.cursors and third.client.find(contact) == (None, None), "words of a lost account stay")
    server.admin("assign", "Brightfield Dairy", "Ann Rep")
    second.sees(contact, "scope_open", role="CFO")
    check(second.said("scope_open") and digest(client.records[scope]) == second.said("state_end")[-1]["d"], "it came back otherwise")


def goodbyes(server, second):
    """The server goes down and comes again; a device that comes twice; a proof; a device that is revoked; an invitation that is used up."""
    client = second.client
    server.close()
    second.link.run(lambda: second.said("bye"), "the goodbye of a server that goes down")
    second.link.run(lambda: second.link.code == 1001, "a close code that says that it goes down")
    check(second.said("bye")[0]["c"] == "restart" and "r" in second.said("bye")[0], f"it said {second.said('bye')}")
    server.start()
    second.seen.clear()
    second.link.run(lambda: client.state == "caught_up", "it comes back by itself", again=True)
    other, second.link = second.link, Link(client, f"http://127.0.0.1:{server.port}")
    client.token = None  # A proof is asked for.
    second.connect()
    check(second.said("challenge") and client.token, "no challenge")
    other.socket.close()
    identity = id_text(client.device)
    server.admin("device", "revoke", identity)
    second.link.run(lambda: client.state == "revoked", "revoked")
    second.seen.clear()
    second.link.open()
    second.link.run(lambda: client.wiped, "told to remove its store")
    check([frame["k"] for frame in second.seen] == ["challenge", "leave", "results", "wipe"], f"said: {second.seen}")
    check(client.wiped["h"] == 1, f"what was refused before was not handed over: {client.wiped}")
    check(client.state == "revoked" and not client.records and not client.own, "it keeps what it has")
    first, late = Second(server, "Ann Rep"), Second(server, "Ann Rep")
    late.client.secret = first.client.secret
    first.connect()
    late.link.open()
    late.link.run(lambda: late.said("bye"), "an invitation that is used up")
    check(late.said("bye")[0]["c"] == "denied" and late.client.state == "offline", f"used up: {late.seen}")


def main():
    played, left, checked, wrong = play_all()
    check(not wrong, "\n".join(wrong))
    check(len(played) >= 37 and checked >= 644, f"too few were played: {len(played)}, {checked}")
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ann Rep", "--role", "rep")
        device, second = house.joined(server, "Ann Rep", "ann"), Second(server, "Ann Rep", deflated=True)
        second.connect()
        account, contact, scope = pushes_and_follows(server, device, second)
        refused_and_settled(device, second, contact, scope)
        third = snapshot(server, device, second, account, contact, scope)
        comes_and_goes(server, second, third, contact, scope)
        goodbyes(server, second)
    print(f"{len(played)} transcripts played, {len(left)} are of the server's side, {checked} lines of bytes and refusals")
    return 0


if __name__ == "__main__":
    sys.exit(main())
