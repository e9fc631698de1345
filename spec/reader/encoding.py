"""Canonical JSON, base64url, base32 and framing, written from spec/record.md alone."""
import base64
import hashlib
import json
import math
import re


class Refused(Exception):
    """A no, with the stable code of the specification."""

    def __init__(self, code, message=""):
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code


def sha256(data):
    return hashlib.sha256(data).digest()


def number(value):
    """A number as ECMAScript writes it (RFC 8785 section 3.2.2.3)."""
    try:
        value = float(value)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ValueError("a number that JSON cannot say")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = format_shortest(abs(value))
    digits, point = mantissa, exponent
    n = len(digits)
    if n <= point <= 21:
        return sign + digits + "0" * (point - n)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    head = digits if n == 1 else digits[0] + "." + digits[1:]
    return f"{sign}{head}e{'+' if power > 0 else '-'}{abs(power)}"


def format_shortest(value):
    """(digits, _, point): value = 0.digits * 10^point, with the fewest digits that read back the same."""
    text = repr(value)
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent or 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return stripped.rstrip("0"), None, point


SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def quoted(text):
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise ValueError("a lone surrogate has no UTF-8")
    return '"' + "".join(SHORT.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text) + '"'


def canonical(value):
    """The canonical text of a JSON value (RFC 8785)."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(v) for v in value) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(quoted(name) + ":" + canonical(value[name]) for name in names) + "}"


def _no_constant(text):
    raise ValueError(f"{text} is not JSON")


def _distinct(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def parse(text):
    """Strict JSON: no NaN, no name twice in one object."""
    return _loads(text, object_pairs_hook=_distinct)


def parse_last(text):
    """JSON where the last of two equal names counts: an envelope is then found not canonical."""
    return _loads(text)


def _loads(text, **how):
    try:
        return json.loads(text, parse_constant=_no_constant, **how)
    except RecursionError:
        raise ValueError("nested too deep") from None


DEPTH = 64


def too_deep(value):
    """Whether lists and objects lie in each other beyond DEPTH."""
    level = [value]
    for _ in range(DEPTH + 1):
        level = [v for v in level if isinstance(v, (dict, list))]
        if not level:
            return False
        level = [inner for v in level for inner in (v.values() if isinstance(v, dict) else v)]
    return True


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text, length=None):
    """The bytes, or None unless this is their one spelling (and of the length asked for)."""
    if not isinstance(text, str) or len(text) % 4 == 1 or not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # What decodes to these bytes, and is not what they are spelled as, has bits to spare.
    if base64url(data) != text:
        return None
    return data if length is None or len(data) == length else None


def base32(data):
    bits = "".join(f"{b:08b}" for b in data)
    bits += "0" * (-len(bits) % 5)
    return "".join("abcdefghijklmnopqrstuvwxyz234567"[int(bits[i:i + 5], 2)] for i in range(0, len(bits), 5))


def frame(*fields):
    """Each field preceded by its length (8 bytes, big-endian); texts in UTF-8, integers in 8 bytes."""
    out = b""
    for field in fields:
        if isinstance(field, str):
            field = field.encode()
        elif isinstance(field, int):
            field = field.to_bytes(8, "big")
        out += len(field).to_bytes(8, "big") + field
    return out
