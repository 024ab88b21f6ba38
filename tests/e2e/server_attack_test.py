#!/usr/bin/env python3
"""Raw frames against a server: whatever comes, it serves a good client, and keeps nothing that it should not."""
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from house import DEBRIEF, Failed, House, check  # noqa: E402
from raw_client import Bytes64, Closed, RawClient, RawDevice, cbor, new_id, secret_of, uuid_bytes  # noqa: E402

DEEP = 100_000
count = 0


class Bench:
    """A server with Ann, an honest rep with an account, her manager's eyes on it, and Eve, who attacks."""

    def __init__(self, house):
        self.server = house.server()
        self.server.admin("user", "add", "Ann", "--role", "rep")
        self.server.admin("user", "add", "Eve", "--role", "rep")
        self.server.admin("user", "add", "Max", "--role", "rep")
        self.ann = house.joined(self.server, "Ann")
        self.account = self.ann.call("record.put", table="account", fields={"name": "Canary Dairy"})["id"]
        self.contact = self.ann.call("record.put", table="contact", fields={"account": self.account, "name": "Vera Hidden"})["id"]
        self.ann.call("sync.once", timeout_s=20)
        self.port = self.server.port
        self.eve = RawDevice(self.port, self.server.admin("invite", "Eve"))
        self.files = os.path.join(self.server.data, "workspace.db")

    def stored(self, words):
        """Whether the server's tables or files hold this text in any form that a reader could find."""
        for name in os.listdir(self.server.data):
            path = os.path.join(self.server.data, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    if words.encode() in file.read():
                        return True
        return False

    def serves(self, after):
        """A good client still gets its work through, and the process is the one that was started."""
        global count
        count += 1
        check(self.server.process.poll() is None, f"the server has gone after: {after}")
        self.ann.call("record.put", table="contact", id=self.contact, fields={"role": f"Buyer {count}"})
        done = self.ann.call("sync.once", timeout_s=20)
        check(done["pushed"] == 1 and done["parked"] == 0, f"a good client is not served after {after}: {done}")


def bad_frames(bench):
    """One connection each; none of them may reach more than a goodbye."""
    port = bench.port
    text = {
        "no JSON": b"\x00\xff garbage",
        "an empty message": b"",
        "a number": b"7",
        "a list": b"[]",
        "no kind": b"{}",
        "a kind that is no text": b'{"k":7}',
        "an open end": b'{"k":"hello"',
        "NaN": b'{"k":"ping","x":NaN}',
        "a float": b'{"k":"ping","x":1.5}',
        "a lone surrogate": b'{"k":"ping","x":"\\ud800"}',
        "invalid UTF-8": b'{"k":"ping","x":"\xc3\x28"}',
        "too deep": b'{"k":"ping","x":' + b"[" * DEEP + b"]" * DEEP + b"}",
        "deep, never closed": b"[" * 200_000,
        "a key twice": b'{"k":"hello","k":"ping"}',
        "a field of the wrong kind": b'{"k":"hello","device":"me","token":7,"inc":"x"}',
        "bytes that are no base64url": b'{"k":"hello","device":{"~":"!!"},"token":{"~":"="},"inc":1,"n":0,"fin":0,"cat":1}',
        "a number beyond 64 bits": b'{"k":"hello","inc":99999999999999999999999999}',
        "a negative number": b'{"k":"push","n":-1,"c":[]}',
        "a push before a greeting": b'{"k":"push","n":1,"c":[{"~":"oA"}]}',
        "what only a server says": b'{"k":"welcome","n":6}',
        "a huge whole announced": b'{"k":"part","a":0,"o":999999999999,"b":{"~":"AQI"}}',
        "a piece from the middle": b'{"k":"part","a":4096,"o":40000,"b":{"~":"AQI"}}',
        "over 256 KiB": b'{"k":"ping","x":"' + b"a" * 300_000 + b'"}',
    }
    for what, payload in text.items():
        client = RawClient(port)
        try:
            client.send_raw(payload)
            # A ping after it: what was skipped as unknown must not have been taken for a greeting.
            client.send(k="applied", b=1)
            client.send(k="push", n=1, c=[Bytes64(b"\xa0")])
        except Closed:
            pass
        said = client.goodbye()
        check(said in ("protocol", "denied", "closed"), f"{what}: {said}")
        client.close()
    binary = {
        "CBOR that is no map": cbor([1, 2]),
        "indefinite lengths": b"\xbf\x61k\x64ping\xff",
        "a map longer than its bytes": b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff",
        "an array of 2^60": b"\xa1\x61k\x9b\x10\x00\x00\x00\x00\x00\x00\x00",
        "text of 2^62": b"\xa1\x61k\x7b\x40\x00\x00\x00\x00\x00\x00\x00",
        "nested 200000 deep": b"\x81" * 200_000,
        "tags": b"\xc0" * 1000,
        "keys unsorted": b"\xa2\x61z\x01\x61k\x64ping",
        "a long integer": b"\xa1\x61k\x1b\x00\x00\x00\x00\x00\x00\x00\x01",
        "trailing bytes": cbor({"k": "ping"}) + b"\0",
    }
    for what, payload in binary.items():
        client = RawClient(port, protocol="debrief.1")
        client.send_raw(payload, opcode=2)
        try:
            while True:
                client.read()
        except (Closed, ValueError):
            pass
        client.close()
        check(bench.server.process.poll() is None, f"the server died of {what}")
    # Below the frames: RFC 6455 broken.
    for what, options in {"unmasked": {"masked": False}, "a reserved opcode": {"opcode": 0xB}, "a claim of 2^62 bytes": {"claim": 1 << 62},
                          "a continuation of nothing": {"opcode": 0}}.items():
        client = RawClient(port)
        client.send_raw(b'{"k":"ping"}', **options)
        check(client.goodbye() in ("closed", "protocol"), what)
        client.close()
    for text in (b"GET /sync HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET /" + b"a" * 100_000, b"A: " * 9000):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
            try:
                raw.sendall(text)
                raw.shutdown(socket.SHUT_WR)
                while raw.recv(65536):
                    pass
            except OSError:  # Cut while we were still talking.
                pass
    bench.serves("bad frames")


def another_site(bench):
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{bench.port}.evil.example", f"http://evil.example/?127.0.0.1:{bench.port}", ""):
        try:
            RawClient(bench.port, headers=f"Origin: {origin}\r\n")
            check(False, f"a page of '{origin}' may connect")
        except Closed as refused:
            check(" 403 " in str(refused), f"origin '{origin}': {refused}")
    for path in ("/../workspace.db", "/workspace.db", "/%2e%2e/serve.lock"):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{bench.port}{path}", timeout=10)
            check(False, f"{path} is served")
        except urllib.error.HTTPError as refused:
            check(refused.code in (400, 404), f"{path}: {refused.code}")


def wrong_secrets(bench):
    """Wrong token, unknown device, wrong and used secret: nobody learns which of them it was."""
    eve, answers = bench.eve, set()
    for change in ({"token": Bytes64(b"\1" * 32)}, {"device": Bytes64(b"\2" * 16)}):
        client = RawClient(bench.port)
        eve.hello(client, **change)
        check(client.read()["k"] == "challenge", "no proof was asked for")
        client.send(k="prove", sig=Bytes64(os.urandom(64)))
        said = client.read()
        answers.add((said["k"], said.get("c"), said.get("m")))
        client.close()
    check(len(answers) == 1, f"answers to wrong tokens differ: {answers}")
    answers.clear()
    used = bench.server.admin("invite", "Max")
    RawDevice(bench.port, used).greeted()[0].close()
    for secret in (secret_of(used), os.urandom(32), b"short", b""):
        client = RawClient(bench.port)
        client.send(k="enrol", secret=Bytes64(secret), name="thief", inc=99, key=Bytes64(os.urandom(32)), cat=1)
        said = client.read()
        check(said["k"] == "bye", f"a wrong secret: {said['k']}")
        if len(secret) == 32:
            answers.add((said["k"], said.get("c"), said.get("m")))
        client.close()
    check(len(answers) == 1, f"answers to wrong secrets differ: {answers}")
    check(not bench.stored("thief"), "a device that was refused is kept")
    bench.serves("wrong secrets")


def foreign_pushes(bench):
    """Eve has her own account, and tries what is not hers."""
    eve, account = bench.eve, bench.account
    client, welcome = eve.greeted()
    check(f"account/{account}" not in welcome["open"], "a stranger's account is announced")
    mine, note = new_id(), new_id()
    mine_scope, theirs = f"account/{mine}", f"account/{account}"
    first = eve.changeset(1, mine_scope, [("account", mine, {"name": "Eve's own"}), ("contact", note, {"account": uuid_bytes(mine), "name": "Mine"})])
    results = eve.push(client, 1, first)
    check(results[0]["s"] == "ok", f"her own account: {results}")
    results_of_first = results[0]

    foreign = uuid_bytes(account)
    ann = uuid_bytes(bench.ann.call("system.info")["user"])
    # A review's room, whose id she may have heard of.
    room = bench.ann.call("chat.start", kind="deal_review", account=account)["conversation"]
    bench.ann.call("sync.once")
    line = {"room": uuid_bytes(room), "account": foreign, "at": int(time.time() * 1000), "author_kind": "user", "author": ann, "text": "EVILWORD"}
    tries = [
        # (what, scope, records, codes that may come)
        ("a contact in another's account", theirs, [("contact", new_id(), {"account": foreign, "name": "EVILWORD"})], {"not_found"}),
        ("the same in an account that is not there", f"account/{new_id()}", [("contact", new_id(), {"name": "EVILWORD"})], {"not_found"}),
        ("another's record, claimed for my scope", mine_scope, [("contact", bench.contact, {"name": "EVILWORD"})], {"not_found"}),
        ("another's account, claimed for my scope", mine_scope, [("account", account, {"name": "EVILWORD"})], {"not_found"}),
        ("my record, moved to the workspace", "workspace", [("contact", note, {"name": "EVILWORD"})], {"denied", "not_found", "invalid"}),
        ("my record, made to name another account", mine_scope, [("contact", note, {"account": foreign, "name": "EVILWORD"})], {"invalid"}),
        ("a record of another table", mine_scope, [("meeting", note, {"title": "EVILWORD", "account": uuid_bytes(mine)})], {"not_found"}),
        ("another's own scope", f"user/{bench.ann.call('system.info')['user']}", [("goal", new_id(), {"text": "EVILWORD"})], {"not_found"}),
        ("another's private scope", f"private/{bench.ann.call('system.info')['user']}/{account}", [("note", new_id(), {"text": "EVILWORD"})], {"not_found"}),
        ("a user", "workspace", [("user", new_id(), {"name": "EVILWORD", "role": "admin"})], {"denied"}),
        ("herself as an administrator", "workspace", [("user", welcome_user(eve), {"role": "admin"})], {"denied"}),
        ("a team", "workspace", [("team", new_id(), {"name": "EVILWORD"})], {"denied"}),
        ("a membership", "workspace", [("member", new_id(), {"team": os.urandom(16), "user": eve.user})], {"denied"}),
        ("an assignment in the workspace", "workspace", [("assignment", new_id(), {"account": foreign, "user": eve.user})], {"denied"}),
        ("an assignment in another's account", theirs, [("assignment", new_id(), {"account": foreign, "user": eve.user})], {"not_found"}),
        ("an assignment in her own account", mine_scope, [("assignment", new_id(), {"account": uuid_bytes(mine), "user": ann})], {"denied"}),
        ("an assignment of another's account, from her own", mine_scope, [("assignment", new_id(), {"account": foreign, "user": eve.user})], {"denied"}),
        ("a playbook", "workspace", [("playbook", new_id(), {"name": "EVILWORD"})], {"denied", "invalid"}),
        ("half mine, half not", mine_scope, [("contact", new_id(), {"account": uuid_bytes(mine), "name": "EVILWORD"}), ("contact", bench.contact, {"name": "EVILWORD"})], {"not_found"}),
        ("a line in another's room", theirs, [("message", new_id(), line)], {"not_found"}),
        ("a line for another's room, from her own account", mine_scope, [("message", new_id(), {**line, "account": uuid_bytes(mine), "author": welcome_user(eve)})], {"invalid"}),
        ("a line that a colleague is to have said", mine_scope, [("message", new_id(), {**line, "account": uuid_bytes(mine)})], {"denied"}),
        ("a room in another's account", theirs, [("room", new_id(), {"account": foreign, "kind": "deal_review", "title": "EVILWORD"})], {"not_found"}),
        ("a scope that is none", "account/../workspace", [("contact", new_id(), {"name": "EVILWORD"})], {"corrupt"}),
        ("an upper-case scope", theirs.upper(), [("contact", new_id(), {"name": "EVILWORD"})], {"corrupt"}),
        ("text of over 64 KiB", mine_scope, [("contact", new_id(), {"account": uuid_bytes(mine), "name": "EVILWORD" * 9000})], {"corrupt", "too_large", "invalid"}),
    ]
    n = 2
    for what, scope, records, codes in tries:
        results = eve.push(client, n, eve.changeset(n, scope, records))
        check(len(results) == 1 and results[0]["s"] == "rejected", f"{what}: {results}")
        check(results[0]["c"] in codes, f"{what}: {results[0]['c']}")
        n += 1
    for what, payload in {"another's dot": eve.changeset(n, mine_scope, [("contact", new_id(), {"account": uuid_bytes(mine), "name": "EVILWORD"})], device=os.urandom(16)),
                          "garbage": os.urandom(300), "nothing": b"", "deep": b"\x81" * 5000}.items():
        results = eve.push(client, n, payload)
        check(results[0]["s"] == "rejected" and results[0]["c"] == "corrupt", f"{what}: {results}")
        n += 1

    # Access by way of an author, a time, or an own word: the server sets the author, and no clock wins for ever.
    far = eve.changeset(n, mine_scope, [("contact", note, {"role": "From the future"})], time=(1 << 62), a=ann, author=ann)
    results = eve.push(client, n, far)
    check(results[0]["s"] == "ok" and results[0]["t"] >> 16 < (time.time() + 125) * 1000, f"a stamp of the future: {results}")
    n += 1
    eve.last_n = n - 1

    # Again with the same bytes: the same answer. With others: a copied store, nothing stored.
    again = eve.push(client, 1, first)
    check(again and again[0]["s"] == "ok" and again[0]["p"] == results_of_first["p"] and again[0].get("d"), f"the same again: {again}")
    try:
        other = eve.push(client, 1, eve.changeset(1, mine_scope, [("contact", note, {"name": "EVILWORD"})]))
        check(other and other[0]["s"] == "rejected" and other[0]["c"] == "clone", f"other bytes under a used number: {other}")
    except Closed:
        pass
    client.close()
    client, _ = eve.greeted()
    # A gap: no result, and the server says which one it wants.
    client.send(k="push", n=n + 5, c=[Bytes64(eve.changeset(n + 5, mine_scope, [("contact", new_id(), {"account": uuid_bytes(mine), "name": "EVILWORD"})]))])
    said = client.read_kind("results", "bye")
    check(said["k"] == "bye" or (not said.get("r") and said["n"] == n), f"a gap: {said}")
    client.close()
    client, _ = eve.greeted()
    for wild in (0, (1 << 63) - 1, (1 << 64) - 1):
        try:
            client.send(k="push", n=wild, c=[Bytes64(b"\xa0")])
            said = client.read_kind("results", "bye")
            check(said["k"] == "bye" or all(one["s"] == "rejected" for one in said.get("r", [])), f"n = {wild}: {said}")
        except Closed:
            pass
        client.close()
        client, _ = eve.greeted()
    client.close()

    # What Eve may see is hers alone, and the author of what she wrote is she.
    client, _ = eve.greeted()
    heard, authors = [], set()
    while True:
        said = client.read_kind("log", "level")
        if said["k"] == "level":
            break
        heard.append(repr(said))
        if said["s"] == mine_scope:
            authors.update(entry["a"]["~"] for entry in said["e"] if entry["d"] == Bytes64(eve.device))
    client.close()
    check(not any(account in one for one in heard), "she hears of another's account")
    check(authors == {Bytes64(eve.user)["~"]}, f"authors: {authors}")
    check(not bench.stored("EVILWORD"), "a refused change is kept")
    check(bench.stored("From the future"), "an accepted change is not kept")
    bench.serves("foreign pushes")
    check(bench.ann.call("record.get", table="contact", id=bench.contact)["name"] == "Vera Hidden", "a stranger has changed a contact")
    check(bench.ann.call("record.list", table="account")["records"][0]["name"] == "Canary Dairy", "a stranger has changed an account")
    database = sqlite3.connect(f"file:{bench.files}?mode=ro", uri=True, timeout=10)
    check(database.execute("PRAGMA quick_check").fetchone()[0] == "ok", "the server's file is damaged")
    database.close()


def welcome_user(eve):
    text = eve.user.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def against_the_catalogue(table, fields):
    """Values that no version of the catalogue allows in these fields."""
    return (fields.get("dimension") == "no such word" or isinstance(fields.get("text"), int) or fields.get("said_on") == "99-99-99" or abs(fields.get("at", 0) if isinstance(fields.get("at"), int) else 0) > 1 << 60
            or any(name in fields and fields[name] is None for name in ("text", "said_on", "state", "name")))


def odd_values(bench):
    """Eve serves an account together with Ann, and writes there what no form would: Ann's device shows the rest all the same."""
    bench.server.admin("assign", bench.account, "Eve")
    eve, scope, home = bench.eve, f"account/{bench.account}", uuid_bytes(bench.account)
    client, welcome = eve.greeted()
    n = welcome["n"]
    odd = [
        ("observation", {"account": home, "dimension": "no such word", "text": "Odd", "said_on": "2026-01-02", "state": "confirmed"}),
        ("observation", {"account": home, "dimension": "concern", "text": 7, "said_on": True, "state": "confirmed"}),
        ("observation", {"account": home, "dimension": "concern", "text": "Odd", "said_on": "99-99-99", "state": "confirmed", "dates": "[[[[", "source": "{"}),
        ("observation", {"account": home, "dimension": "concern", "text": None, "said_on": None, "state": None}),
        ("observation", {"account": home, "dimension": "concern", "text": "Odd", "said_on": "2026-01-02", "state": "confirmed", "dates": '{"a":1}', "source": "7", "person": os.urandom(16)}),
        ("contact", {"account": home, "name": "Odd\x1b[2J\u202e", "relations": "[1,null,{}]"}),
        ("contact", {"account": home}),
        ("contact", {"name": "No account"}),
        ("meeting", {"account": home, "title": "Odd", "at": "not a time", "contacts": b"\1" * 16}),
        ("meeting", {"account": home, "title": "Odd", "at": (1 << 63) - 1}),
        ("meeting", {"account": home, "title": "Odd", "at": -(1 << 63)}),
        ("commitment", {"account": home, "owner": os.urandom(16), "text": "Odd", "due": "2026-02-31", "state": "open"}),
        ("stance", {"account": home, "contact": os.urandom(16), "stance": "no such stance", "since": "x"}),
        ("task", {"account": home, "text": "Odd", "due": 5}),
        ("opportunity", {"account": home, "outcome": "no such", "value": -5}),
        ("no_such_table", {"account": home, "name": "Odd"}),
        ("contact", {"account": home, "name": "Odd", "no_such_field": "x", "a/b/c": 1, "name/" + new_id(): True}),
        ("room", {"account": home, "kind": "debrief", "phase": "no such", "owner": home}),
        ("room", {"account": home}),
        ("message", {"room": os.urandom(16), "text": "Odd"}),
        ("call_plan", {"account": home, "meeting": os.urandom(16), "objective": 3}),
        ("account", {"name": None}),
    ]
    taken = 0
    for table, fields in odd:
        record = bench.account if table == "account" else new_id()
        result = eve.push(client, n, eve.changeset(n, scope, [(table, record, fields)]))[0]
        check(result["s"] != "ok" or not against_the_catalogue(table, fields), f"the server stored {table} {fields}")
        taken += result["s"] == "ok"
        n += 1
    eve.last_n = n - 1
    client.close()
    bench.serves("odd values")
    ann = bench.ann
    check(ann.call("sync.status")["pending"] == 0, "Ann's device has not sent everything")
    for method, params in (("journey.get", {"account": bench.account}), ("plan.get", {"account": bench.account}), ("search", {"query": "Odd"}),
                           ("journey.changes", {"account": bench.account, "from": "2020-01-01"}), ("team.overview", {}), ("chat.list", {}),
                           ("conflict.list", {}), ("export", {"format": "json"}), ("export", {"format": "markdown", "account": bench.account}),
                           *(("record.list", {"table": table}) for table in ("account", "contact", "meeting", "observation", "commitment", "task", "room", "stance"))):
        try:
            ann.call(method, **params)
        except Failed as failed:
            check(failed.code in (-32601, -32001, -32004), f"{taken} odd records break {method} {params}: {failed}")
    names = [one.get("name") for one in ann.call("record.list", table="contact")["records"]]
    check("Vera Hidden" in names, f"Ann's contact has gone: {names}")
    started = ann.call("chat.start", kind="debrief", account=bench.account)
    check(started["state"]["phase"] == "asking", "no debrief is possible")
    shown = subprocess.run([DEBRIEF, "--store", ann.store, "contacts", bench.account], capture_output=True, timeout=20)
    check(b"\x1b[2J" not in shown.stdout + shown.stderr, "an escape sequence reaches the terminal")
    ann.call("sync.once", timeout_s=20)
    ann.close()
    ann.start()
    bench.serves("odd values, and a new start")


def slow_reader(bench):
    """A device that never reads costs the others nothing, and the server no memory."""
    raw = RawDevice(bench.port, bench.server.admin("invite", "Ann"), incarnation=77)
    before = resident(bench.server)
    client = RawClient(bench.port, receive_buffer=4096)
    raw.hello(client)
    for _ in range(60):
        bench.ann.call("record.put", table="contact", fields={"account": bench.account, "name": "Big", "note": "words " * 8000})
    bench.ann.call("sync.once", timeout_s=20)
    for _ in range(2000):
        try:
            client.send(k="ping")
        except (Closed, TimeoutError, OSError):
            break
    bench.serves("a slow reader")
    grown = resident(bench.server) - before
    check(grown < 60_000, f"the server holds {grown} KiB more for one that does not read")
    client.close()


def resident(server):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def metric(bench, name):
    with urllib.request.urlopen(f"http://127.0.0.1:{bench.port}/metrics", timeout=10) as answer:
        return next(int(line.split()[1]) for line in answer.read().decode().splitlines() if line.startswith(f"debrief_{name} "))


def silent_crowd(bench):
    """2,000 connections of one address that say nothing, half of them upgraded: a good one is served meanwhile, the server
    keeps 64 of them, and ten seconds later none."""
    crowd = []
    for number in range(2000):
        if number % 2:
            crowd.append(RawClient(bench.port))
        else:
            crowd.append(socket.create_connection(("127.0.0.1", bench.port), timeout=10))
        if number % 200 == 199:
            started = time.monotonic()
            client, _ = bench.eve.greeted()
            client.close()
            check(time.monotonic() - started < 1, f"a greeting among {number + 1} silent ones took {time.monotonic() - started:.1f} s")
    bench.serves("2,000 silent connections")
    kept, dropped = metric(bench, "newcomers"), metric(bench, "newcomers_dropped_total")
    check(kept <= 64 and dropped >= 1900, f"{kept} newcomers kept, {dropped} dropped")
    started = time.monotonic()
    while metric(bench, "newcomers") > 1 and time.monotonic() - started < 15:
        time.sleep(0.2)
    took = time.monotonic() - started
    check(took < 11, f"silent connections were held for {took:.1f} s")
    for one in crowd:
        one.close()
    bench.serves("the silent ones have gone")


def guessing(bench):
    """One address that guesses is turned away before it has said anything. Last: it is our own address."""
    refused = 0
    for _ in range(15):
        try:
            client = RawClient(bench.port)
            client.send(k="enrol", secret=Bytes64(os.urandom(32)), name="thief", inc=9, key=Bytes64(os.urandom(32)), cat=1)
            client.goodbye()
            client.close()
        except Closed as closed:
            refused += "429" in str(closed)
    check(refused >= 3, f"15 guesses, {refused} turned away")
    check(bench.server.process.poll() is None, "the server has gone")
    check(bench.server.close() == 0, "the server does not end well")


def main():
    with House() as house:
        bench = Bench(house)
        for attack in (bad_frames, another_site, wrong_secrets, foreign_pushes, odd_values, slow_reader, silent_crowd, guessing):
            started = time.monotonic()
            attack(bench)
            print(f"{attack.__name__}: {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
