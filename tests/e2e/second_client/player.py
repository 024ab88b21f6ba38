"""The golden transcripts, played against the second client: what the server says is said to it, what a device says must come."""
import hashlib
import json
import os
import re
import uuid
import zlib

from box import seal, seal_key, unseal
from client import Client, digest, id_text, public_key, sign, state_record
from codec import Bad, Reader, decode, encode, frame_of, messages, raw_of, to_json

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../sync/golden")
ANY = object()


def lines_of(name):
    with open(os.path.join(GOLDEN, name + ".jsonl"), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Values:
    """The story's variables, and frames made of them."""

    def __init__(self, given, special=lambda word: None, signed=None):
        self.given, self.special, self.special_order = given, special, signed
        self.chosen = set()  # Stamps that were said before: from then on they must be the same.

    def get(self, name):
        value = self.build(self.given[name])
        self.chosen.add(name)
        return value

    def build(self, one):
        if isinstance(one, str) and one.startswith("$") and not one.startswith("${"):
            found = self.special(one[1:])
            return self.get(one[1:]) if found is None else found
        if isinstance(one, str):
            return re.sub(r"\$\{(\w+)\}", lambda found: id_text(self.get(found[1])), one)
        if isinstance(one, list):
            return [self.build(each) for each in one]
        if not isinstance(one, dict):
            return one
        if len(one) == 1:
            (key, value), = one.items()
            if key == "cbor":
                return encode(self.build(value))
            if key in ("~", "uuid", "repeat"):
                return {"~": lambda: raw_of(value), "uuid": lambda: uuid.UUID(value).bytes, "repeat": lambda: value[0] * value[1]}[key]()
        if isinstance(one.get("sealed"), dict):
            return self.boxed(one)
        if one.get("sig") == "$order":
            return self.special_order({key: self.build(value) for key, value in one.items() if key != "sig"})
        return {key: self.build(value) for key, value in one.items()}

    def boxed(self, how):
        """As the C++ tells it: chance is the hash of the words; what is wrong with a box is said beside it."""
        words = self.build(how["sealed"])
        chance, n = hashlib.sha256(words).digest(), how.get("n") or decode(words)["n"]
        box = seal(words, self.build(how.get("to", "$seal")), chance)
        made = bytearray(encode({"b": box, "h": hashlib.sha256(b"\1" if "hash" in how else words).digest(), "n": n}))
        if "turned" in how:
            made[how["turned"]] ^= 1
        return bytes(made)

    def match(self, wanted, got, where=""):
        """Stamps are the device's to choose; all else is as the story says."""
        if isinstance(wanted, str) and re.fullmatch(r"\$t\d+", wanted) and wanted[1:] not in self.chosen:
            self.given[wanted[1:]] = got
            self.chosen.add(wanted[1:])
            return
        if isinstance(wanted, dict) and list(wanted) == ["cbor"]:
            change = decode(got)
            assert encode(change) == got, f"{where}: not deterministic"
            return self.match(wanted["cbor"], change, where)
        if isinstance(wanted, dict) and isinstance(wanted.get("sealed"), dict):
            box = decode(got)
            words = unseal(box["b"], self.get("sealseed"))
            assert words is not None and set(box) == {"b", "h", "n"}, f"{where}: no box, or not for this server"
            assert box["n"] == decode(words)["n"] and box["h"] == hashlib.sha256(words).digest(), f"{where}: not what the box says"
            return self.match(wanted["sealed"], words, where)
        if isinstance(wanted, dict) and isinstance(got, dict):
            assert set(wanted) == set(got), f"{where}: {sorted(wanted)} wanted, {sorted(got)} said"
            for key, value in wanted.items():
                self.match(value, got[key], f"{where}.{key}")
            return
        if isinstance(wanted, list) and isinstance(got, list):
            assert len(wanted) == len(got), f"{where}: {len(wanted)} wanted, {len(got)} said: {got}"
            for place, (one, other) in enumerate(zip(wanted, got)):
                self.match(one, other, f"{where}[{place}]")
            return
        made = self.build(wanted)
        assert made is ANY or made == got, f"{where}: {made!r} wanted, {got!r} said"


class Story:
    """The values that the frames of a story take from what was said before."""

    def __init__(self, lines):
        self.lines, self.nonce, self.moved, self.states, self.hashes = lines, None, 0, {}, {}
        self.values = Values(lines[1].get("vars", {}), self.special, self.signed)

    def special(self, word):
        get = self.values.get
        if word == "_":
            return "words for people"
        if word == "seal":
            return seal_key(get("sealseed"))
        if word == "orders":
            return public_key(self.order_seed())
        if word == "key":
            return public_key(get("seed"))
        if word == "applied":
            return self.moved
        if word == "proof":
            return sign(get("seed"), b"debrief.prove.v1" + get("server") + get("device") + get("inc").to_bytes(8, "big") + self.nonce)
        if word.startswith("digest "):
            return digest(self.states[self.values.build(word[7:])])
        return self.hashes.get(word)

    def order_seed(self):
        return hashlib.sha256(b"debrief.order.v1" + self.values.get("sealseed")).digest()

    def signed(self, order):
        get = self.values.get
        numbers = b"".join(n.to_bytes(8, "big") for n in (get("inc"), order["t"], order["n"], order.get("h", 0)))
        message = b"debrief.wipe.v1" + get("server") + get("device") + numbers + bytes([order.get("full", False)])
        return {**order, "sig": sign(self.order_seed(), message)}

    def note(self, frame):
        """Something was said."""
        kind = frame.get("k") if isinstance(frame, dict) else None
        if kind in ("log", "state", "state_end"):
            self.moved += len(encode(frame))
        if kind == "challenge":
            self.nonce = frame.get("n")
        if kind == "state":
            held = self.states.setdefault(frame["s"], {})
            if "a" not in frame and "again" not in frame:
                held.clear()
            held.update(state_record(one, frame["s"]) for one in frame["r"])
        if kind == "push":
            self.hashes.update({f"hash{frame['n'] + at}": hashlib.sha256(one).digest() for at, one in enumerate(frame["c"])})

    def bytes_are_ours(self, name):
        """Every line of NAME.bytes, decoded and encoded again, and made of the story with its sample values."""
        path = os.path.join(GOLDEN, name + ".bytes")
        wanted, count = {}, 0
        if os.path.exists(path):
            with open(path, encoding="ascii") as file:
                wanted = {int(number): bytes.fromhex(raw) for number, _, raw in map(str.split, file)}
        for number, line in enumerate(self.lines, 1):
            if "open" in line:
                self.moved = 0
            said = next((line[key] for key in ("up", "down", "older") if key in line), None)
            if said is None or isinstance(said, dict) and "raw" in said:
                continue
            wrap = wrapped(said)
            frame = self.values.build(said[wrap] if wrap else said)
            if number in wanted:
                raw, count = wanted.pop(number), count + 1
                assert encode(decode(raw)) == raw, f"line {number} of the bytes: other bytes when encoded again"
                assert encode(frame) == raw, f"line {number} of the bytes: the story makes {encode(frame).hex()}"
            try:
                self.note(frame)
            except (Bad, LookupError, TypeError):
                pass  # A frame that is wrong on purpose.
        assert not wanted, f"bytes of lines that are no frames: {sorted(wanted)}"
        return count


def wrapped(said):
    return next((wrap for wrap in ("parts", "z") if isinstance(said, dict) and isinstance(said.get(wrap), dict)), None)


class Player(Story):
    def __init__(self, lines, as_json):
        super().__init__(lines)
        self.as_json, given = as_json, self.values.given
        self.now = given.get("now", 1750000000000)
        deflated = any(wrapped(line.get("up")) == "z" for line in lines)
        self.client = Client(lambda: self.now, "Ann's phone", as_json, deflated, self.values.get("seed"), given["inc"])

    def special(self, word):
        return self.now if word == "now" else super().special(word)

    def play(self):
        for number, line in enumerate(self.lines):
            if line.get("only") == "server" or line.get("at") == "server":
                continue
            for key in ("enrolled", "admin", "open", "closed", "up", "down", "do", "pass", "shows", "status", "silent", "seen"):
                if key in line:
                    try:
                        getattr(self, "do_" + key)(line[key], line)
                    except (AssertionError, LookupError) as wrong:
                        raise AssertionError(f"line {number + 1} {json.dumps(line)[:100]}: {wrong or repr(wrong)}") from wrong
        assert not self.client.out and not self.client.seen, f"said at the end: {self.frames()}, seen: {self.client.seen}"

    def frames(self):
        return [frame_of(message) for message in self.client.out]

    def do_enrolled(self, _, line):
        for key, name in (("device", "device"), ("server", "server"), ("token", "token"), ("user", "ann")):
            setattr(self.client, key, self.values.get(name))

    def do_admin(self, what, line):
        for name in re.findall(r'"\$(t\d+)"', json.dumps(line)):
            self.values.chosen.add(name)

    def do_open(self, _, line):
        if self.client.device is None:
            self.client.secret = self.values.get("secret")
        self.client.open()
        self.moved, self.reader = 0, Reader()

    def do_closed(self, how, line):
        if how == "device":
            assert self.client.closed == line["code"], f"closed with {self.client.closed} ({self.client.problem})"
        else:
            assert self.client.closed is None, f"the client closed: {self.client.problem}"
            assert not self.client.out, f"said before the end: {self.frames()}"
            self.client.cut()

    def do_up(self, wanted, line):
        got = None
        while got is None:
            assert self.client.out, f"nothing said (closed: {self.client.closed} {self.client.problem})"
            message = self.client.out.pop(0)
            plain = frame_of(message)
            if isinstance(message, bytes):
                assert encode(plain) == message
            whole = self.reader.read(message)
            got = whole and whole[0]
        wrap = wrapped(wanted)
        assert {"parts": "part", "z": "z"}.get(wrap) == (plain["k"] if plain["k"] in ("part", "z") else None), f"said as {plain['k']}"
        wanted = wanted[wrap] if wrap else wanted
        self.values.match(wanted, got, wanted["k"])
        self.note(got)

    def do_down(self, said, line):
        wrap = wrapped(said)
        frame = self.values.build(said[wrap] if wrap else said)
        assert self.client.closed is None, f"the client has closed: {self.client.problem}"
        self.note(frame)
        if "k" not in frame:  # No frame.
            sent = [json.dumps(to_json(frame)) if self.as_json else encode(frame)]
        elif wrap == "z":
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            sent = [encode({"k": "z", "o": len(encode(frame)), "b": squeeze.compress(encode(frame)) + squeeze.flush()})]
        else:
            sent = messages(frame, self.as_json)
        assert (len(sent) > 1) == (wrap == "parts"), "pieces"
        for message in sent:
            self.client.receive(message)

    def do_do(self, what, line):
        if what == "order":
            return self.client.order(line["words"])
        if what == "tell":
            return self.client.tell(self.values.build(line["room"]), self.values.build(line["scope"]), line["state"])
        client, record = self.client, self.values.build(line.get("id") or line["record"])
        scope, held = client.find(record)
        fields = self.values.build(line.get("fields", {}))
        scope = scope or "account/" + id_text(fields.get("account", bytes(16)))
        if what == "write":
            client.commit(scope, [(line["table"], record, fields)])
        elif what == "delete":
            client.commit(scope, deleted=[(line["table"], record)])
        elif what == "erase":
            client.commit(scope, erase=[record])
        else:
            client.issue_again({line["n"]}, {record: fields})

    def do_pass(self, length, line):
        until = self.now + length
        while self.now < until:
            self.now = min(until, self.now + 500)
            self.client.tick()
            if line.get("alive"):
                for frame in self.frames():
                    assert frame == {"k": "ping"}, frame
                    self.client.receive(messages({"k": "pong"}, self.as_json)[0])
                self.client.out = []

    def do_shows(self, shows, line):
        found = self.client.find(self.values.build(shows["id"]))[1]
        got = found.shown() if found else None
        wanted = self.values.build(shows["fields"])
        assert (got is None) == (wanted is None) and all(got.get(key) == value for key, value in (wanted or {}).items()), f"shown: {got}"
        if "conflicts" in shows:
            assert found.conflicts() == shows["conflicts"], found.conflicts()

    def do_status(self, wanted, line):
        got = self.client.status()
        assert all(got[key] == value for key, value in wanted.items()), f"status: {got}"

    def do_silent(self, _, line):
        assert not self.client.out, f"said: {self.frames()}"

    def do_seen(self, wanted, line):
        assert self.client.seen, "nobody was seen"
        got = dict(zip(("room", "scope", "user", "state"), self.client.seen.pop(0)))
        assert got == {key: self.values.build(value) for key, value in wanted.items()}, f"seen: {got}"


def refused(lines):
    """Messages that are no frame, which a server must refuse: so do we."""
    count = 0
    for line in lines:
        up = line.get("up")
        if isinstance(up, dict) and "raw" in up:
            raw = up["raw"]
            try:
                Reader().read(raw if isinstance(raw, str) else raw_of(raw["~"]) if "~" in raw else "x" * 300000)
            except Bad:
                count += 1
                continue
            raise AssertionError(f"taken for a frame: {raw}")
    return count


def play_all(names=None):
    """(stories that were played, those of the server's side alone, lines of bytes)."""
    played, left, checked, wrong = [], [], 0, []
    for name in sorted(names or (one[:-6] for one in os.listdir(GOLDEN) if one.endswith(".jsonl"))):
        lines = lines_of(name)
        try:
            checked += refused(lines) + Story(lines_of(name)).bytes_are_ours(name)
            if "device" not in lines[0].get("plays", ["device"]):
                left.append(name)
                continue
            for encoding in lines[0].get("in", ["json", "cbor"]):
                Player(lines_of(name), encoding == "json").play()
        except (AssertionError, Bad) as problem:
            wrong.append(f"{name}: {problem}")
            continue
        played.append(name)
    return played, left, checked, wrong


if __name__ == "__main__":
    import sys
    played, left, checked, wrong = play_all(sys.argv[1:] or None)
    print(f"played {len(played)}: {' '.join(played)}\nserver only {len(left)}: {' '.join(left)}\nbytes {checked}")
    print("\n".join(wrong))
