"""Frames as bytes: deterministic CBOR, JSON, pieces, deflated frames; and the digest of a scope. From docs/sync.md alone."""
import base64
import json
import zlib

WHOLE = 4 * 1024 * 1024 + 64 * 1024  # The longest frame in pieces.
PIECE = 32 * 1024
DEPTH = 16


class Bad(Exception):
    """What no correct peer says."""


def head(major, value):
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if value < 24:
            return bytes([major << 5 | value])
        if value < 1 << 8 * size:
            return bytes([major << 5 | info]) + value.to_bytes(size, "big")
    raise Bad("an integer over 64 bits")


def encode(value):
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        raw = value.encode("utf-8")
        return head(3, len(raw)) + raw
    if isinstance(value, (list, tuple)):
        return head(4, len(value)) + b"".join(map(encode, value))
    pairs = sorted((encode(k), encode(v)) for k, v in value.items())  # The head sorts shorter keys first.
    return head(5, len(pairs)) + b"".join(k + v for k, v in pairs)


def decode(data):
    value, end = item(data, 0, 1)
    if end != len(data):
        raise Bad("more than one item")
    return value


def take(data, at, size):
    if at + size > len(data):
        raise Bad("cut off")
    return data[at:at + size], at + size


def item(data, at, depth):
    first, at = take(data, at, 1)
    major, value = first[0] >> 5, first[0] & 31
    if major == 7:
        if value not in (20, 21, 22):
            raise Bad("a float or an unknown simple value")
        return {20: False, 21: True, 22: None}[value], at
    if value > 27:
        raise Bad("an indefinite length")
    if value >= 24:
        size = 1 << value - 24
        raw, at = take(data, at, size)
        value = int.from_bytes(raw, "big")
        if value < 24 or size > 1 and value < 1 << 4 * size:
            raise Bad("not the shortest integer")
    if major < 2:
        return value if major == 0 else -1 - value, at
    if major < 4:
        raw, at = take(data, at, value)
        return raw if major == 2 else utf8(raw), at
    if major == 6:
        raise Bad("a tag")
    if depth > DEPTH:
        raise Bad("nested too deep")
    if major == 4:
        out = []
        for _ in range(value):
            one, at = item(data, at, depth + 1)
            out.append(one)
        return out, at
    out, before = {}, b""
    for _ in range(value):
        start = at
        key, at = item(data, at, depth + 1)
        if not isinstance(key, str) or data[start:at] <= before:
            raise Bad("keys that are no text, or not in order")
        before = data[start:at]
        out[key], at = item(data, at, depth + 1)
    return out, at


def utf8(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Bad("no UTF-8") from error


def text_of(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def raw_of(text):
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise Bad("no base64url") from error
    if text_of(raw) != text:
        raise Bad("no base64url")
    return raw


def to_json(value):
    if isinstance(value, bytes):
        return {"~": text_of(value)}
    if isinstance(value, dict):
        return {key: to_json(one) for key, one in value.items()}
    return [to_json(one) for one in value] if isinstance(value, (list, tuple)) else value


def from_json(value, depth=1):
    if isinstance(value, dict) and list(value) == ["~"] and isinstance(value["~"], str):
        return raw_of(value["~"])
    if isinstance(value, (dict, list)) and depth > DEPTH:
        raise Bad("nested too deep")
    if isinstance(value, dict):
        return {key: from_json(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [from_json(one, depth + 1) for one in value]
    if isinstance(value, float) or isinstance(value, int) and not -2**63 <= value < 2**64:
        raise Bad("a number that is no integer of 64 bits")
    return value


def pairs_once(pairs):
    if len(dict(pairs)) != len(pairs):
        raise Bad("a key twice")
    return dict(pairs)


def frame_of(message):
    """A message of either kind as a frame: a map with a text `k`."""
    if isinstance(message, str):
        try:
            frame = from_json(json.loads(message, object_pairs_hook=pairs_once))
        except (ValueError, RecursionError) as error:
            raise Bad("no JSON") from error
    else:
        frame = decode(message)
    if not isinstance(frame, dict) or not isinstance(frame.get("k"), str):
        raise Bad("no frame")
    return frame


def messages(frame, as_json=False, deflated=False):
    """A frame as messages, in pieces where it is long."""
    def said(one):
        return json.dumps(to_json(one), ensure_ascii=False) if as_json else encode(one)
    data = encode(frame)
    if deflated and not as_json and len(data) >= 1000 and frame["k"] not in ("hello", "enrol", "prove"):
        squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
        frame = {"k": "z", "o": len(data), "b": squeeze.compress(data) + squeeze.flush()}
        data = encode(frame)
    if len(data) <= PIECE:
        return [said(frame)]
    return [said({"k": "part", "a": at, "o": len(data), "b": data[at:at + PIECE]}) for at in range(0, len(data), PIECE)]


class Reader:
    """Messages in, whole frames out: (frame, bytes of its CBOR), or None in the middle of pieces."""

    def __init__(self):
        self.pieces, self.whole = b"", None

    def read(self, message):
        if len(message if isinstance(message, bytes) else message.encode("utf-8", "surrogatepass")) > 256 * 1024:
            raise Bad("a message over 256 KiB")
        frame = frame_of(message)
        if frame["k"] == "part":
            frame = self.piece(frame)
        if frame and frame["k"] == "z":
            frame = self.inflate(frame)
        return frame and (frame, len(encode(frame)))

    def piece(self, frame):
        at, whole, raw = frame.get("a"), frame.get("o"), frame.get("b")
        if not (isinstance(at, int) and isinstance(whole, int) and isinstance(raw, bytes) and raw and 0 < whole <= WHOLE):
            raise Bad("a piece that does not fit")
        if at == 0:
            self.pieces, self.whole = b"", whole
        if at != len(self.pieces) or whole != self.whole or at + len(raw) > whole:
            raise Bad("a piece out of place")
        self.pieces += raw
        if len(self.pieces) < whole:
            return None
        frame, self.pieces, self.whole = frame_of(self.pieces), b"", None
        if frame["k"] == "part":
            raise Bad("a piece in pieces")
        return frame

    @staticmethod
    def inflate(frame):
        whole, raw = frame.get("o"), frame.get("b")
        if not (isinstance(whole, int) and isinstance(raw, bytes) and 0 < whole <= WHOLE):
            raise Bad("a deflated frame that does not fit")
        stream = zlib.decompressobj(-15)
        try:
            data = stream.decompress(raw, whole + 1)
        except zlib.error as error:
            raise Bad("no deflate") from error
        if len(data) != whole or not stream.eof or stream.unused_data:
            raise Bad("more or less than was said")
        frame = frame_of(data)
        if frame["k"] in ("part", "z"):
            raise Bad("a piece or a deflated frame, deflated")
        return frame


MASK = 2**64 - 1


def siphash128(key, data):
    def rotate(word, bits):
        return (word << bits | word >> 64 - bits) & MASK

    def rounds(v, count):
        a, b, c, d = v
        for _ in range(count):
            a = a + b & MASK
            b = rotate(b, 13) ^ a
            a = rotate(a, 32)
            c = c + d & MASK
            d = rotate(d, 16) ^ c
            a = a + d & MASK
            d = rotate(d, 21) ^ a
            c = c + b & MASK
            b = rotate(b, 17) ^ c
            c = rotate(c, 32)
        return [a, b, c, d]

    k0, k1 = (int.from_bytes(key[at:at + 8], "little") for at in (0, 8))
    v = [k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d ^ 0xee, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573]
    padded = data + bytes(-(len(data) + 1) % 8) + bytes([len(data) & 255])
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at:at + 8], "little")
        v[3] ^= word
        v = rounds(v, 2)
        v[0] ^= word
    v[2] ^= 0xee
    v = rounds(v, 4)
    first = v[0] ^ v[1] ^ v[2] ^ v[3]
    v[1] ^= 0xdd
    v = rounds(v, 4)
    return first.to_bytes(8, "little") + (v[0] ^ v[1] ^ v[2] ^ v[3]).to_bytes(8, "little")
