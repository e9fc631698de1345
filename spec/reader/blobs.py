"""Which blobs a record names (contract.md, "Blobs"), and the blobs of an export (export.md)."""
import hashlib

from encoding import Refused, from_base64url
from shape import bytes_of, closed, is_integer

PART_BYTES, PARTS = 2**20, 64
BLOB = {
    "type": lambda v: isinstance(v, str), "service": lambda v: isinstance(v, str), "blob": bytes_of(32), "part": is_integer(1),
    "parts": is_integer(1), "data": lambda v: from_base64url(v) is not None,
}

REF = "#/$defs/"


def is_name(text):
    """Whether a text is the name of a blob: 32 bytes as base64url."""
    raw = from_base64url(text)
    return raw is not None and len(raw) == 32


def own(value, name):
    return value.get(name) if isinstance(value, dict) else None


def named(contract, collection, body):
    """The blobs that a body names, in order, each with its place (the steps to it)."""
    defs = own(own(contract, "data"), "$defs")
    item = own(own(own(contract, "collections"), collection), "item")
    found = []

    def walk(schema, value, place):
        ref = own(schema, "$ref")
        if isinstance(ref, str) and ref.startswith(REF):
            schema = own(defs, ref[len(REF):])
        if isinstance(value, str):
            if own(schema, "format") == "blob" and is_name(value):
                found.append((value, place))
        elif isinstance(value, list):
            for i, one in enumerate(value):
                walk(own(schema, "items"), one, (*place, i))
        elif isinstance(value, dict):
            for name, one in value.items():
                inner = own(schema, "properties")
                walk(inner[name] if isinstance(inner, dict) and name in inner else own(schema, "additionalProperties"), one, (*place, name))

    walk(own(defs, item) if isinstance(item, str) else None, body, ())
    return found


class Reading:
    """The blobs of an export, line by line; `open` is the one that lacks parts."""

    def __init__(self, knows):
        self.knows, self.whole, self.open, self.bytes = knows, set(), None, 0

    def feed(self, line):
        closed(line, BLOB)
        if not self.knows(line["service"]):
            raise Refused("contract_missing")
        name, part, parts = (line["service"], line["blob"]), line["part"], line["parts"]
        if part == 1:
            if self.open:
                raise Refused("blob_part", "the blob before lacks parts")
            if name in self.whole:
                raise Refused("blob_twice")
            self.open = {"name": name, "parts": parts, "part": 0, "hash": hashlib.sha256()}
        elif not self.open or (self.open["name"], self.open["parts"], self.open["part"]) != (name, parts, part - 1):
            raise Refused("blob_part", "not the next part")
        piece = from_base64url(line["data"])
        fits = len(piece) == PART_BYTES if part < parts else part == parts and 0 < len(piece) <= PART_BYTES
        if not fits or parts > PARTS:
            raise Refused("blob_part", "another size")
        self.open["part"] = part
        self.open["hash"].update(piece)
        self.bytes += len(piece)
        if part == parts:
            if self.open["hash"].digest() != from_base64url(line["blob"]):
                raise Refused("blob_hash")
            self.whole.add(name)
            self.open = None
