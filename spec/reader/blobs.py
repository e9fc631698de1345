"""Which blobs a record names: contract.md, "Blobs"."""
from encoding import from_base64url

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
