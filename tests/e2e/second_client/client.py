"""A device in memory, without sockets: messages in, messages out, time told from outside. Written from docs/sync.md alone."""
import copy
import hashlib
import os
import random
import sys
import time
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from ed25519 import public_key, sign, verify  # noqa: E402

from box import seal  # noqa: E402
from codec import Bad, Reader, decode, encode, messages, siphash128  # noqa: E402

WINDOW, CREDIT, CATALOGUE = 128 * 1024, 50000, 1
GROWN = ("denied", "invalid", "corrupt", "too_large")  # Refused by a server of an older catalogue.
# Fields of the frames that a server says: `?` may be absent; `u` unsigned, `1` from 1, `s` text, `b` bytes, a number: so many bytes.
SAYS = {
    "enrolled": {"server": 16, "ws": 16, "wsname": "s", "device": 16, "token": 32, "user": 16, "uname": "s", "role": "s", "lang?": "s", "cat?": "u"},
    "challenge": {"server": 16, "n": 32},
    "welcome": {"server": 16, "n": "1", "time": "u", "open?": ["s"], "close?": ["s"], "reset?": ["s"], "set?": "u", "bak?": "u",
                "uname?": "s", "role?": "s", "token?": 32, "cat?": "u", "todo?": ["u"], "z?": "t", "seal?": 32, "key?": 32},
    "leave": {"server": 16, "n": "1", "b": "u"}, "wipe": {"server": 16, "t": "u", "n": "1", "h?": "u", "full?": "t", "sig": 64},
    "results": {"n": "u", "r": [{"n": "1", "s": "s", "p?": "u", "t?": "u", "c?": "s", "d?": "t"}]},
    "log": {"s": "s", "e": [{"p": "1", "x": "u", "d": 16, "i": "u", "n": "1", "a": 16, "t": "u", "b?": "b"}]},
    "state": {"s": "s", "f": "u", "x": "u", "a?": 16, "again?": "t", "r": ["b"], "v?": ["u"]},
    "state_end": {"s": "s", "p": "u", "x": "u", "n?": "u", "d": 16, "e?": [{"i": 16, "k?": ["s"], "o?": ["s"]}]},
    "scope_open": {"s": ["s"]}, "scope_close": {"s": ["s"]}, "token": {"token": 32},
    "presence": {"r": 16, "s": "s", "u?": 16, "w": "s"},
    "bye": {"c": "s", "m?": "s", "r?": "u"}, "again": {}, "level": {}, "ping": {}, "pong": {},
}


def fits(value, kind):
    if isinstance(kind, list):
        return isinstance(value, list) and all(fits(one, kind[0]) for one in value)
    if isinstance(kind, dict):
        return isinstance(value, dict) and all(
            (name.endswith("?") if name.rstrip("?") not in value else fits(value[name.rstrip("?")], one)) for name, one in kind.items())
    if isinstance(kind, int):
        return isinstance(value, bytes) and len(value) == kind
    if kind in ("u", "1"):
        return isinstance(value, int) and not isinstance(value, bool) and value >= (kind == "1")
    return isinstance(value, {"s": str, "b": bytes, "t": bool}[kind])


def need(condition, words):
    if not condition:
        raise Bad(words)


class Head:
    """One value of a field: the dot is (device, incarnation, n)."""

    def __init__(self, dot, at, author, value, base="", covers=()):
        self.dot, self.time, self.author, self.value, self.base, self.covers = dot, at, author, value, base, tuple(covers)


class Record:
    def __init__(self, table):
        self.table, self.fields = table, {}

    def shown(self):
        """The fields as they are shown; None where the record is hidden."""
        deleted = self.fields.get("deleted", [])
        others = {head.dot for name, heads in self.fields.items() if name != "deleted" for head in heads}
        if deleted and all(head.value is True for head in deleted) and others <= {dot for head in deleted for dot in head.covers}:
            return None
        return {name: max(heads, key=lambda head: (head.time, head.dot)).value for name, heads in self.fields.items() if heads}

    def conflicts(self):
        return [name for name, heads in self.fields.items() if len({encode(head.value) for head in heads}) > 1]


def dots_of(flat, writers):
    need(isinstance(flat, list) and len(flat) % 2 == 0, "dots")
    for place, n in zip(flat[::2], flat[1::2]):
        need(fits(place, "u") and place < len(writers) and fits(n, "1"), "a dot")
    return [(*writers[place], n) for place, n in zip(flat[::2], flat[1::2])]


def writers_of(flat):
    need(isinstance(flat, list) and flat and len(flat) % 2 == 0, "writers")
    need(all(fits(one, 16) for one in flat[::2]) and all(fits(one, "u") for one in flat[1::2]), "writers")
    return list(zip(flat[::2], flat[1::2]))


def unpack(payload):
    """A changeset with its dots spelled out; `dot` is its own."""
    change = decode(payload)
    need(fits(change, {"c": "u", "n": "1", "s": "s", "t": "u", "v": "1", "h?": 32, "e?": [{"i": 16, "k?": ["s"], "o?": ["s"]}],
                       "r": [{"i": 16, "t": "s", "f": [{"f": "s", "b?": "s"}]}]}) and change["v"] == 1, "no changeset")
    writers = writers_of(change.pop("d", None))
    change["dot"] = (*writers[0], change["n"])
    for record in change["r"]:
        for field in record["f"]:
            need("v" in field, "a field without a value")
            for key in ("c", "r"):
                if key in field:
                    field[key] = dots_of(field[key], writers)
    if "w" in change:
        need(isinstance(change["w"], list) and len(change["w"]) == 3 and fits(change["w"][2], 32), "w")
        change["w"] = [dots_of(change["w"][:2], writers)[0], change["w"][2]]
    return change


def pack(change):
    change = copy.deepcopy(change)
    dot = change.pop("dot")
    named = {was[:2] for record in change["r"] for field in record["f"] for was in field.get("r", []) + field.get("c", [])}
    if "w" in change:
        named.add(change["w"][0][:2])
    writers = [dot[:2], *sorted(named - {dot[:2]})]

    def flat(dots):
        return [part for one in sorted(set(dots)) for part in (writers.index(one[:2]), one[2])]
    for record in change["r"]:
        record["f"].sort(key=lambda field: field["f"])
        for field in record["f"]:
            for key in ("c", "r"):
                if key in field:
                    field[key] = flat(field[key])
                    if not field[key]:
                        del field[key]
    if "w" in change:
        change["w"] = [*flat([change["w"][0]]), change["w"][1]]
    change.update(d=[part for one in writers for part in one], n=dot[2])
    return encode(change)


def digest(records):
    total = 0
    for record_id, record in records.items():
        for name, heads in record.fields.items():
            for head in heads:
                covers = [part for dot in head.covers for part in dot]
                row = [record_id, record.table, name, *head.dot, head.time, head.author, head.value, head.base, len(head.covers), *covers]
                total += int.from_bytes(siphash128(b"debrief.digest.1", encode(row)), "big")
    return (total % 2**128).to_bytes(16, "big")


def state_record(payload, scope):
    """A record of a state: its id and heads."""
    state = decode(payload)
    need(fits(state, {"a": [16], "i": 16, "s": "s", "t": "s"}) and state["s"] == scope and isinstance(state.get("f"), list), "no record")
    writers, record = writers_of(state.get("d")), Record(state["t"])
    for field in state["f"]:
        need(isinstance(field, list) and len(field) > 1 and isinstance(field[0], str), "a field of a record")
        for head in field[1:]:
            need(isinstance(head, list) and len(head) == 7 and fits(head[:4], ["u"]) and head[3] < len(state["a"]), "a head")
            record.fields.setdefault(field[0], []).append(
                Head(dots_of(head[:2], writers)[0], head[2], state["a"][head[3]], head[4], head[6], dots_of(head[5], writers)))
    return state["i"], record


def is_sealed(payload):
    return payload[:3] == b"\xa3ab"


def known_hash(payload):
    return unpack(payload).get("h") or hashlib.sha256(payload).digest()


class Own:
    """A changeset of ours; `place` is its position, once it is known. Forgotten when its log entry has been applied."""

    def __init__(self, payload):
        self.payload, self.final, self.place = payload, False, None
        self.change = unpack(payload)

    @property
    def sealed(self):
        return is_sealed(self.payload)

    def seal(self, key):
        """Nobody here can read it from now on; what is left to know is whose it is and where it belongs."""
        box = seal(self.payload, key, os.urandom(32))
        self.payload = encode({"b": box, "h": known_hash(self.payload), "n": self.change["dot"][2]})
        self.change = {"s": self.change["s"], "dot": self.change["dot"], "t": self.change["t"], "r": []}


class Stage:
    def __init__(self, frm, salt):
        self.frm, self.salt, self.last, self.records = frm, salt, None, {}


class Client:
    def __init__(self, clock, name="second client", as_json=False, deflated=False, seed=None, incarnation=None):
        self.witness = lambda frame: None  # Sees every frame that comes.
        self.clock, self.name, self.as_json, self.deflated = clock, name, as_json, deflated
        self.seed, self.incarnation = seed or os.urandom(32), incarnation or random.randrange(1, 2**63)
        self.device = self.server = self.user = self.token = self.secret = None
        self.n = self.stamp = self.catalogue = self.set = self.orders = 0
        self.own, self.parked = {}, {}           # n -> Own; n -> (code, payload)
        self.cursors, self.told = {}, {}         # scope -> (position, salt); what the server keeps of them
        self.records, self.erased = {}, {}       # scope -> id -> Record; scope -> erasures
        self.staged = {}                         # scope -> Stage
        self.order_key = self.wiped = None       # What signs orders to wipe; the one that was obeyed.
        self.state, self.problem, self.due, self.tries = "offline", None, None, 0
        self.begin()

    def begin(self):
        self.out, self.reader, self.closed, self.welcomed, self.deflates = [], Reader(), None, False, False
        self.sent, self.applied, self.credited, self.closing, self.is_level = 0, 0, 0, set(), False
        self.proved = self.obeys = self.leaving = self.said_left = False
        self.seal_key = None  # What the server of this connection takes sealed work with.
        self.doubted, self.given_up = set(), set()  # Scopes whose state was wrong once; twice.
        self.seen = []  # (room, scope, user, word): what others do in rooms, as it was told.
        self.heard, self.pinged, self.patience = self.clock(), False, random.randrange(10000, 20000)

    # The connection.

    def open(self):
        self.begin()
        self.state = "connecting"
        if self.secret:
            self.send(k="enrol", secret=self.secret, name=self.name, inc=self.incarnation, key=public_key(self.seed), cat=CATALOGUE)
        else:
            self.greet()

    def send(self, **frame):
        self.out += messages(frame, self.as_json, self.deflates)

    def order(self, words):
        self.orders += 1
        self.send(k="admin", q=self.orders, w=words)

    def tell(self, room, scope, word):
        """What this person does in a room; nothing of it waits for a connection."""
        if self.welcomed:
            self.send(k="presence", r=room, s=scope, w=word)

    def greet(self):
        frame = {"k": "hello", "device": self.device, "token": self.token, "inc": self.incarnation, "n": self.n, "fin": self.fin(),
                 "cat": CATALOGUE, "set": self.set, "z": self.deflated,
                 "sealed": [n for n in self.waiting() if self.own[n].sealed],
                 "cur": [[s, *at] for s, at in sorted(self.cursors.items()) if self.told.get(s) != at],
                 "gone": sorted(set(self.told) - set(self.cursors)),
                 "want": [[s, one.frm, one.salt, one.last] for s, one in sorted(self.staged.items()) if one.last]}
        self.obeys = self.order_key is not None
        frame.update(wipe=self.obeys, parked=len(self.parked) if self.obeys else 0)
        self.saying = dict(self.cursors)
        self.send(**{key: value for key, value in frame.items() if value})

    def fin(self):
        return min([n for n, one in self.own.items() if not one.final], default=self.n + 1) - 1

    def cut(self):
        """The connection has ended, whoever ended it."""
        if self.state != "revoked":
            self.state = "offline"
            if self.due is None:
                self.tries += 1
                self.due = self.clock() + random.random() * min(300000, 500 * 2 ** self.tries)
        self.out, self.welcomed = [], False

    def close(self, code, words):
        self.closed, self.problem, self.due = code, words, None
        self.cut()

    def tick(self):
        """Time has passed."""
        if self.state in ("offline", "revoked"):
            if self.state == "offline" and self.due is not None and self.clock() >= self.due:
                self.state, self.due, self.heard = "connecting", None, self.clock()
            return
        silence = self.clock() - self.heard
        if silence >= 30000:
            self.close(1001, "the server is silent")
        elif silence >= self.patience and not self.pinged:
            self.pinged = True
            self.send(k="ping")

    def receive(self, message):
        self.heard, self.pinged, self.patience = self.clock(), False, random.randrange(10000, 20000)
        try:
            got = self.reader.read(message)
            if got is None:
                return
            frame, size = got
            self.witness(frame)
            if frame["k"] in SAYS:  # Unknown kinds are skipped, and those that only devices send.
                need(fits(frame, SAYS[frame["k"]]), f"{frame['k']} does not fit")
                getattr(self, "on_" + frame["k"])(frame)
            if frame["k"] in ("log", "state", "state_end") and not self.closed:
                self.is_level, self.applied = False, self.applied + size
                if self.applied - self.credited >= CREDIT:
                    self.credited = self.applied
                    self.send(k="applied", b=self.applied)
            if self.leaving and not self.closed:
                self.go_on_leaving()
            if self.welcomed:
                self.push()
                self.state = "caught_up" if self.is_level and not self.waiting() else "syncing"
        except Bad as bad:
            self.close(1002, str(bad))

    def on_ping(self, frame):
        self.send(k="pong")

    def on_pong(self, frame):
        pass

    def on_presence(self, frame):
        if "u" in frame and frame["w"] in ("here", "typing", "gone"):
            self.seen.append((frame["r"], frame["s"], frame["u"], frame["w"]))

    def on_bye(self, frame):
        code, self.due, self.tries = frame["c"], None, self.tries + 1
        if code in ("denied", "revoked"):
            self.state = "offline" if self.device is None else "revoked"
        else:
            self.due = self.clock() + min(frame.get("r", 0), 86400000) + random.random() * 1000
        self.problem, self.welcomed = frame.get("m") or code, False

    # The greeting.

    def on_enrolled(self, frame):
        need(self.secret, "enrolled, unasked")
        self.server, self.device, self.user, self.token = (frame[key] for key in ("server", "device", "user", "token"))
        self.secret = None
        self.greet()

    def on_challenge(self, frame):
        need(frame["server"] == self.server, "another server")
        self.send(k="prove", sig=sign(self.seed, b"debrief.prove.v1" + self.server + self.device + self.incarnation.to_bytes(8, "big") + frame["n"]))
        self.proved = True

    def on_token(self, frame):
        self.token = frame["token"]

    def on_again(self, frame):
        self.set, self.told = 0, {}
        self.greet()

    def on_welcome(self, frame):
        need(frame["server"] == self.server, "another server")
        if frame["n"] > self.n + 1:
            return self.close(1011, "the server has newer changes of this device: a new invitation is needed")
        if frame["n"] <= self.fin() or frame.get("reset"):
            return self.close(1011, "the server has lost what it had taken")
        self.token = frame.get("token", self.token)
        self.set, self.told = (frame["set"], self.saying) if "set" in frame else (0, {})
        self.welcomed, self.tries, self.problem, self.deflates = True, 0, None, self.deflated and frame.get("z", False)
        self.seal_key, self.order_key = frame.get("seal"), self.order_key or frame.get("key")
        self.opened(frame.get("open", []))
        grown = self.catalogue and frame.get("cat", 0) > self.catalogue
        self.catalogue = max(self.catalogue, frame.get("cat", 0))
        if grown:
            self.issue_again({n for n, (code, _) in self.parked.items() if code in GROWN})
        self.on_scope_close({"s": frame.get("close", [])})

    def on_level(self, frame):
        self.is_level = True

    # Cut off by an administrator.

    def on_leave(self, frame):
        need(self.proved and self.obeys and frame["server"] == self.server, "sent away by somebody")
        need(frame["n"] > self.fin(), "the server has lost what it had taken")
        self.state, self.leaving, self.sent = "revoked", True, self.fin()
        self.issue_again(set(self.parked), push=False)
        self.go_on_leaving()

    def go_on_leaving(self):
        self.push()
        if self.waiting():
            self.said_left = False
        elif not self.said_left:
            self.said_left = True
            self.send(k="left")

    def on_wipe(self, frame):
        numbers = b"".join(n.to_bytes(8, "big") for n in (self.incarnation, frame["t"], frame["n"], frame.get("h", 0)))
        message = b"debrief.wipe.v1" + frame["server"] + self.device + numbers + bytes([frame.get("full", False)])
        need(self.proved and self.obeys and frame["server"] == self.server, "an order to wipe from somebody")
        need(verify(self.order_key, message, frame["sig"]), "an order to wipe that our server did not sign")
        if frame["n"] <= self.n and not frame.get("full"):
            return self.go_on_leaving() if self.leaving else self.on_leave(frame)
        self.wiped, self.state = frame, "revoked"
        for held in (self.own, self.parked, self.cursors, self.told, self.records, self.erased, self.staged):
            held.clear()
        self.close(1000, frame)

    # Pushing.

    def waiting(self):
        return [n for n, one in sorted(self.own.items()) if not one.final]

    def push(self):
        """What waits for an answer is at most 128 KiB, or a single one; numbers without a gap go in one frame."""
        waiting = self.waiting()
        room = WINDOW - sum(len(self.own[n].payload) for n in waiting if n <= self.sent)
        batch = []
        for n in (n for n in waiting if n > self.sent):
            room -= len(self.own[n].payload)
            if room < 0 and (batch or self.sent >= waiting[0]):
                break
            if batch and n != batch[-1] + 1:
                self.send(k="push", n=batch[0], c=[self.own[one].payload for one in batch])
                batch = []
            batch.append(n)
            self.sent = n
        if batch:
            self.send(k="push", n=batch[0], c=[self.own[one].payload for one in batch])

    def on_results(self, frame):
        for result in frame["r"]:
            n, word = result["n"], result["s"]
            need(n <= self.sent and word in ("ok", "handed_over", "rejected"), "a result for what was not sent")
            one = self.own.get(n)
            if one is None or one.final:
                continue  # Its log entry was quicker.
            one.final = True
            if one.sealed and word != "rejected":
                del self.own[n]  # Where it may be read again its log entry brings the words.
            elif word == "ok":
                need("p" in result and "t" in result, "ok without a place")
                one.place, one.change["t"] = result["p"], result["t"]
                if one.place <= self.cursors.get(one.change["s"], (0, 0))[0]:
                    del self.own[n]  # It came with a state.
            else:
                del self.own[n]
                if word == "rejected":
                    self.parked[n] = (result.get("c", ""), one.payload)
        if not frame["r"]:
            self.sent = min(self.sent, frame["n"] - 1)
        for scope in list(self.closing):
            self.drop_when_told(scope)

    def issue_again(self, numbers, patch=None, push=True):
        """What was refused, and what stands on it, under new numbers; `patch` corrects fields of the first."""
        moved = {}
        for n, (code, payload) in sorted(self.parked.items()):
            if is_sealed(payload):
                continue
            first, _, on = code.partition(" ")
            if n not in numbers and not (first == "depends" and on.isdigit() and int(on) in moved):
                continue
            change, self.n = unpack(payload), self.n + 1
            change["w"] = [change["dot"], known_hash(payload)]
            change.pop("h", None)
            for record in change["r"]:
                for field in record["f"]:
                    if n in numbers and record["i"] in (patch or {}) and field["f"] in patch[record["i"]]:
                        field["v"] = patch[record["i"]][field["f"]]
                    for key in ("r", "c"):
                        if key in field:
                            field[key] = [(*dot[:2], moved.get(dot[2], dot[2])) if dot[:2] == change["dot"][:2] else dot for dot in field[key]]
            moved[n] = self.n
            change["dot"] = (self.device, self.incarnation, self.n)
            self.own[self.n] = Own(pack(change))
            del self.parked[n]
        if self.welcomed and push:
            self.push()

    # Writing.

    def now(self, seen=0):
        self.stamp = max(self.stamp, seen)
        if not seen:
            self.stamp = max(self.stamp + 1, self.clock() << 16)
        return self.stamp

    def commit(self, scope, records=(), deleted=(), erase=()):
        """One changeset: records as (table, id, {field: value})."""
        shown, rows = self.view(scope), []
        for table, record_id, fields in records:
            held = shown.get(record_id, Record(table)).fields
            rows.append({"t": table, "i": record_id, "f": [
                {"f": name, "v": self.stripped(scope, record_id, name, value), "r": [head.dot for head in held.get(name, [])]}
                for name, value in fields.items()]})
        for table, record_id in deleted:
            held = shown[record_id].fields
            rows.append({"t": table, "i": record_id, "f": [
                {"f": "deleted", "v": True, "r": [head.dot for head in held.get("deleted", [])],
                 "c": [head.dot for name, heads in held.items() if name != "deleted" for head in heads]}]})
        self.n += 1
        change = {"c": CATALOGUE, "dot": (self.device, self.incarnation, self.n), "r": rows, "s": scope, "t": self.now(), "v": 1}
        if erase:
            change["e"] = [{"i": record_id} for record_id in sorted(erase)]
        self.own[self.n] = Own(pack(change))
        if self.welcomed:
            self.push()
            self.state = "syncing"
        return self.n

    # Reading.

    def view(self, scope):
        """What is shown of a scope: what is confirmed, and over it what is our own and not in it yet."""
        if not any(one.change["s"] == scope for one in self.own.values()):
            return self.records.get(scope, {})
        records, erased = copy.deepcopy(self.records.get(scope, {})), list(self.erased.get(scope, []))
        for _, one in sorted(self.own.items()):
            if one.change["s"] == scope:
                self.lay(records, erased, one.change, one.change["t"], self.user)
        return records

    def find(self, record_id):
        for scope in {*self.records, *(one.change["s"] for one in self.own.values())}:
            found = self.view(scope).get(record_id)
            if found:
                return scope, found
        return None, None

    def status(self):
        conflicts = sum(len(record.conflicts()) for scope in {*self.records, *self.cursors} for record in self.view(scope).values())
        return {"state": self.state, "pending": len(self.waiting()), "scopes": len(self.cursors), "conflicts": conflicts,
                "parked": [code for _, (code, _) in sorted(self.parked.items())], "problem": bool(self.problem), "wiped": self.wiped is not None}

    # Pulling.

    def lay(self, records, erased, change, at, author):
        for record in change["r"]:
            held = records.setdefault(record["i"], Record(record["t"]))
            for field in record["f"]:
                name, replaced = field["f"], set(field.get("r", [])) | {change["dot"]}
                value, base = self.stripped_by(erased, record["i"], name, field["v"], field.get("b", ""))
                heads = [head for head in held.fields.get(name, []) if head.dot not in replaced]
                held.fields[name] = heads + [Head(change["dot"], at, author, value, base, field.get("c", []))]
        for rule in change.get("e", []):
            erased.append(rule)
            for name, heads in records.get(rule["i"], Record("")).fields.items():
                for head in heads:
                    head.value, head.base = self.stripped_by([rule], rule["i"], name, head.value, head.base)

    @staticmethod
    def stripped_by(rules, record_id, name, value, base=""):
        """Value and base without words, where they were erased; what is empty stays empty."""
        gone = any(rule["i"] == record_id and (name in rule["o"] if "o" in rule else name not in rule.get("k", [])) for rule in rules)
        return ("erased" if value and isinstance(value, str) else value, "") if gone else (value, base)

    def stripped(self, scope, record_id, name, value):
        return self.stripped_by(self.erased.get(scope, []), record_id, name, value)[0]

    def on_log(self, frame):
        scope = frame["s"]
        if scope not in self.cursors or scope in self.given_up:
            return
        at, fresh = self.cursors[scope][0], []
        for entry in (entry for entry in frame["e"] if entry["p"] > at):
            at += 1
            need(entry["p"] == at, "a gap in the log")
            mine = self.own.get(entry["n"]) if (entry["d"], entry["i"]) == (self.device, self.incarnation) else None
            need("b" in entry or mine and not mine.sealed, "an entry without its changeset, and not ours")
            change = unpack(entry["b"]) if "b" in entry else mine.change
            need(change["s"] == scope and change["dot"] == (entry["d"], entry["i"], entry["n"]), "an entry that calls itself otherwise")
            fresh.append((entry, change, mine))
        for entry, change, mine in fresh:
            self.lay(self.records.setdefault(scope, {}), self.erased.setdefault(scope, []), change, entry["t"], entry["a"])
            self.now(seen=entry["t"])
            if mine:
                del self.own[entry["n"]]
            self.cursors[scope] = (entry["p"], entry["x"])
            if change.get("e"):
                self.forget_words(scope)

    def forget_words(self, scope):
        """What waits, and what was refused, without the words that were erased; known again by the hash that it had."""
        def without(payload):
            if is_sealed(payload):
                return payload
            change, changed = unpack(payload), False
            if change["s"] != scope:
                return payload
            for record in change["r"]:
                for field in record["f"]:
                    was = dict(field)
                    field["v"], base = self.stripped_by(self.erased.get(scope, []), record["i"], field["f"], field["v"], field.pop("b", ""))
                    field.update({"b": base} if base else {})
                    changed = changed or was != field
            if changed:
                change.setdefault("h", hashlib.sha256(payload).digest())
            return pack(change) if changed else payload
        for one in (one for one in self.own.values() if not one.sealed):
            at, one.payload = one.change["t"], without(one.payload)
            one.change = {**unpack(one.payload), "t": at}
        self.parked = {n: (code, without(payload)) for n, (code, payload) in self.parked.items()}

    def on_state(self, frame):
        scope = frame["s"]
        if scope not in self.cursors:
            return
        stage = self.staged.get(scope)
        if not frame.get("again") and "a" not in frame:
            stage = self.staged[scope] = Stage(frame["f"], frame["x"])
        need(stage, "a state without its beginning")
        rows = [state_record(payload, scope) for payload in frame["r"]]
        if not frame.get("again"):
            need(frame.get("a") == stage.last, "a state that does not go on where it stopped")
            stage.last = rows[-1][0] if rows else stage.last
        stage.records.update(rows)

    def on_state_end(self, frame):
        scope = frame["s"]
        if scope not in self.cursors:
            return
        records = self.staged.pop(scope, Stage(0, 0)).records
        if frame["d"] != digest(records) or frame.get("n", len(records)) != len(records):
            if scope in self.doubted:
                self.given_up.add(scope)  # What follows of it is skipped; the next greeting asks for it anew.
                self.problem = f"the state of {scope} is not what its digest says"
            else:
                self.doubted.add(scope)
                self.send(k="want", want=[[scope, 0, 0, bytes(16)]])
            return
        self.doubted.discard(scope)
        self.records[scope], self.erased[scope], self.cursors[scope] = records, frame.get("e", []), (frame["p"], frame["x"])
        for n, one in list(self.own.items()):
            if one.change["s"] == scope and one.place is not None and one.place <= frame["p"]:
                del self.own[n]
        self.stamp = max([self.stamp, *(head.time for record in records.values() for heads in record.fields.values() for head in heads)])
        if self.erased[scope]:
            self.forget_words(scope)

    # Access that changes.

    def opened(self, scopes):
        for scope in scopes:
            if scope in self.closing:
                self.forget(scope)
            self.cursors.setdefault(scope, (0, 0))

    def on_scope_open(self, frame):
        self.opened(frame["s"])

    def on_scope_close(self, frame):
        for scope in (scope for scope in frame["s"] if scope in self.cursors):
            refused = {n for n, (_, payload) in self.parked.items() if not is_sealed(payload) and unpack(payload)["s"] == scope}
            self.issue_again(refused, push=not self.seal_key)
            if self.seal_key:
                for one in (self.own[n] for n in self.waiting()):
                    if one.change["s"] == scope and not one.sealed:
                        one.seal(self.seal_key)
                self.own = {n: one for n, one in self.own.items() if one.change["s"] != scope or not one.final}
                self.forget(scope)
                continue
            self.closing.add(scope)
            self.drop_when_told(scope)

    def drop_when_told(self, scope):
        if not any(self.own[n].change["s"] == scope for n in self.waiting()):
            self.forget(scope)
            self.own = {n: one for n, one in self.own.items() if one.change["s"] != scope}
            self.parked = {n: one for n, one in self.parked.items() if is_sealed(one[1]) or unpack(one[1])["s"] != scope}

    def forget(self, scope):
        self.closing.discard(scope)
        for held in (self.records, self.erased, self.cursors, self.staged):
            held.pop(scope, None)


def uuid7():
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6], raw[8] = raw[6] & 15 | 0x70, raw[8] & 63 | 0x80
    return bytes(raw)


def id_text(raw):
    return str(uuid.UUID(bytes=raw))
