"""Closed objects and the kinds of fields in them."""
import functools
import re

from encoding import Refused, from_base64url

PERSONA = r"c[a-z2-7]{51}[aq]"
RANDOM16 = r"[A-Za-z0-9_-]{21}[AQgw]"
HASH = r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"
AUDIENCES = ("only-me", "close", "linked", "followers", "members", "everyone")


def matches(pattern):
    compiled = re.compile(pattern)
    return lambda v: isinstance(v, str) and compiled.fullmatch(v) is not None


def bytes_of(length):
    return lambda v: from_base64url(v, length) is not None


def is_integer(least):
    """An integer of at least `least` and at most 2^53 - 1; 1.0 is the integer 1."""
    def check(v):
        if isinstance(v, bool) or not isinstance(v, (int, float)):
            return False
        return least <= v <= 2**53 - 1 and v == int(v)
    return check


def is_key(v):
    """An Ed25519 public key: y below the field prime, and not of small order."""
    raw = from_base64url(v, 32)
    if raw is None:
        return False
    prime = 2**255 - 19
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    return y < prime and y not in small_orders(prime)


@functools.cache
def small_orders(p):
    """The y of the points whose order divides 8, computed from the curve -x^2 + y^2 = 1 + d x^2 y^2."""
    d = -121665 * pow(121666, -1, p) % p
    found = {0, 1, p - 1}
    # Points of order 8 double to (x, 0): y^2 = -x^2 and so d y^4 + 2 y^2 - 1 = 0.
    root = square_root((1 + d) % p, p)
    for r in (root, p - root):
        y = square_root((r - 1) * pow(d, -1, p) % p, p)
        if y is not None:
            found |= {y, p - y}
    return found


def square_root(a, p):
    """A square root modulo p = 5 (mod 8), or None."""
    x = pow(a, (p + 3) // 8, p)
    if x * x % p != a:
        x = x * pow(2, (p - 1) // 4, p) % p
    return x if x * x % p == a else None


is_persona = matches(PERSONA)
is_identifier = matches(r"[a-z][a-z0-9_]{0,62}")
is_record_key = matches(rf"self|{PERSONA}|(?:(?:{PERSONA}|{HASH})/)?{RANDOM16}")
is_clock = matches(r"[0-9a-f]{16}")


def is_service(v):
    return is_identifier(v) or bytes_of(32)(v)


def is_author(v):
    return is_persona(v) or bytes_of(32)(v)


def is_audience(v):
    return v in AUDIENCES or (isinstance(v, str) and v.startswith("house:") and is_persona(v[6:]))


def is_base(v):
    return v is None or bytes_of(32)(v)


def is_op(v):
    return v in ("put", "remove")


def exactly(value):
    return lambda v: type(v) is type(value) and v == value


def is_one(v):
    return not isinstance(v, bool) and isinstance(v, (int, float)) and v == 1


def closed(value, fields, optional=()):
    """Checks that value is an object with exactly these fields."""
    if not isinstance(value, dict):
        raise Refused("not_object")
    for name in value:
        if name not in fields:
            raise Refused("unknown_field", name)
    for name, check in fields.items():
        if name not in value:
            if name in optional:
                continue
            raise Refused("missing_field", name)
        if not check(value[name]):
            raise Refused("bad_field", name)
    return value
