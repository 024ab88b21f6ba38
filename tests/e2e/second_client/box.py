"""Sealed boxes in the standard library alone: X25519 (RFC 7748), XSalsa20 (Bernstein, 2011), Poly1305 (RFC 8439). Slow, for tests."""
import hashlib
import struct

P = 2**255 - 19
BASE = (9).to_bytes(32, "little")


def x25519(scalar, point):
    k = int.from_bytes(scalar, "little") & (1 << 254) - 8 | 1 << 254
    x1 = int.from_bytes(point, "little") & (1 << 255) - 1
    x2, z2, x3, z3 = 1, 0, x1, 1
    for bit in range(254, -1, -1):
        if k >> bit & 1:
            x2, z2, x3, z3 = x3, z3, x2, z2
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
        if k >> bit & 1:
            x2, z2, x3, z3 = x3, z3, x2, z2
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def _rounds(key, middle):
    c = struct.unpack("<4I", b"expand 32-byte k")
    k, m = struct.unpack("<8I", key), struct.unpack("<4I", middle)
    start = [c[0], *k[:4], c[1], *m, c[2], *k[4:], c[3]]
    x = list(start)

    def quarter(*places):
        for at, turn in enumerate((7, 9, 13, 18)):
            to, one, two = places[(at + 1) % 4], places[at], places[(at + 3) % 4]
            total = x[one] + x[two] & 0xFFFFFFFF
            x[to] ^= (total << turn | total >> 32 - turn) & 0xFFFFFFFF
    for _ in range(10):
        for first in ((0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11)):
            quarter(*first)
        for first in ((0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14)):
            quarter(*first)
    return start, x


def _hsalsa(key, middle):
    x = _rounds(key, middle)[1]
    return struct.pack("<8I", *(x[at] for at in (0, 5, 10, 15, 6, 7, 8, 9)))


def _stream(key, nonce, length):
    inner, out = _hsalsa(key, nonce[:16]), b""
    for block in range((length + 63) // 64):
        start, x = _rounds(inner, nonce[16:] + struct.pack("<Q", block))
        out += struct.pack("<16I", *(a + b & 0xFFFFFFFF for a, b in zip(start, x)))
    return out[:length]


def _tag(key, data):
    r, total = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF, 0
    for at in range(0, len(data), 16):
        total = (total + int.from_bytes(data[at:at + 16] + b"\1", "little")) * r % (2**130 - 5)
    return (total + int.from_bytes(key[16:32], "little") & 2**128 - 1).to_bytes(16, "little")


def _secret(seed):
    return hashlib.sha512(seed).digest()[:32]


def seal_key(seed):
    return x25519(_secret(seed), BASE)


def _nonce(sender, receiver):
    return hashlib.blake2b(sender + receiver, digest_size=24).digest()


def _shared(secret, public):
    return _hsalsa(x25519(secret, public), bytes(16))


def seal(words, key, chance):
    """The words in a box that only the owner of the key opens; `chance` is 32 bytes that nobody knows."""
    sender = seal_key(chance)
    stream = _stream(_shared(_secret(chance), key), _nonce(sender, key), 32 + len(words))
    closed = bytes(a ^ b for a, b in zip(words, stream[32:]))
    return sender + _tag(stream[:32], closed) + closed


def unseal(box, seed):
    """What is in the box; None if it is not for this seed, or was changed."""
    sender, tag, closed, key = box[:32], box[32:48], box[48:], seal_key(seed)
    stream = _stream(_shared(_secret(seed), sender), _nonce(sender, key), 32 + len(closed))
    return bytes(a ^ b for a, b in zip(closed, stream[32:])) if _tag(stream[:32], closed) == tag else None
