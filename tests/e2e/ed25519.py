"""Ed25519 signatures in the standard library alone, after RFC 8032, section 5.1: slow, for tests only."""
import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P


def _add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(count, point):
    total = (0, 1, 1, 0)
    while count:
        if count & 1:
            total = _add(total, point)
        point, count = _add(point, point), count >> 1
    return total


def _point(y, odd):
    """The point of this y with an even or an odd x; None if there is none."""
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P:
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = _point(BASE_Y, 0)


def _bytes(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _hash(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def _secret(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:]


def public_key(seed):
    return _bytes(_times(_secret(seed)[0], BASE))


def sign(seed, message):
    scalar, prefix = _secret(seed)
    r = _hash(prefix, message) % ORDER
    point = _bytes(_times(r, BASE))
    s = (r + _hash(point, public_key(seed), message) % ORDER * scalar) % ORDER
    return point + s.to_bytes(32, "little")


def verify(key, message, signature):
    number = int.from_bytes(key, "little")
    point, s = _point(number & (1 << 255) - 1, number >> 255), int.from_bytes(signature[32:], "little")
    if point is None or s >= ORDER:
        return False
    minus = (P - point[0], point[1], 1, P - point[3])
    return _bytes(_add(_times(s, BASE), _times(_hash(signature[:32], key, message) % ORDER, minus))) == signature[:32]
