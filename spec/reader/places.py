"""Places in a contract, and what many of its parts are checked for (spec/contract.md, "The document")."""
import re

from encoding import Refused
from shape import is_identifier

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def wrong(code, at):
    """A refusal of the value at `at`, a tuple of steps."""
    place = "".join("/" + str(step)[:80].replace("~", "~0").replace("/", "~1") for step in at)
    refused = Refused(code, place)
    refused.at = place
    return refused


def members(value, at, needed, optional=()):
    if not isinstance(value, dict):
        raise wrong("wrong_type", at)
    for name in value:
        if name not in needed and name not in optional:
            raise wrong("unknown_member", (*at, name))
    for name in needed:
        if name not in value:
            raise wrong("missing_member", (*at, name))


def text(value, at, most):
    if not isinstance(value, str):
        raise wrong("wrong_type", at)
    if not 1 <= len(value) <= most or value.isspace() or HIDDEN.search(value):
        raise wrong("bad_text", at)


def number(value, at, least, most):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most or value != int(value):
        raise wrong("bad_number", at)


def name_of(value, at):
    if not is_identifier(value):
        raise wrong("bad_name", at)


def distinct(values, at, least=0, most=None):
    """A list of different values, each with its place."""
    if not isinstance(values, list):
        raise wrong("wrong_type", at)
    if len(values) < least:
        raise wrong("too_few", at)
    if most is not None and len(values) > most:
        raise wrong("too_many", at)
    for i, value in enumerate(values):
        yield value, (*at, i)
        if value in values[:i]:
            raise wrong("duplicate", (*at, i))
