"""The schemas of contracts and the bodies that fit them, written from spec/contract.md, "Schemas"."""
import re
from urllib.parse import urlsplit

from encoding import canonical, from_base64url

REF = "#/$defs/"
TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")
FORMATS = ("date", "date-time", "uri", "blob")
WORDS = ("title", "description")
BELONGS = {
    "minLength": ("string",), "maxLength": ("string",), "format": ("string",), "minimum": ("number", "integer"), "maximum": ("number", "integer"),
    "properties": ("object",), "required": ("object",), "additionalProperties": ("object",),
    "items": ("array",), "minItems": ("array",), "maxItems": ("array",), "uniqueItems": ("array",),
}
KNOWN = {"$ref", "type", "const", "enum", *WORDS, *BELONGS}
LEVELS = 16
LIMIT = 2**53 - 1


def is_own(value, name):
    return isinstance(value, dict) and isinstance(name, str) and name in value


def definition(defs, schema):
    """What a schema refers to, or itself."""
    return defs[schema["$ref"][len(REF):]] if "$ref" in schema else schema


def fields_of(defs, item):
    return defs[item]["properties"]


def types_of(schema):
    kind = schema.get("type")
    return kind if isinstance(kind, list) else [] if kind is None else [kind]


def is_scalar(value):
    return not isinstance(value, (dict, list))


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same(one, other):
    return canonical(one) == canonical(other)


# Checking a schema

def check_schema(defs, schema, at, wrong, depth=0):
    """`wrong(code, at)` makes the refusal."""
    if not isinstance(schema, dict):
        raise wrong("schema_not_object", at)
    if depth > LEVELS:
        raise wrong("schema_too_deep", at)
    for name in schema:
        if name not in KNOWN:
            raise wrong("unknown_keyword", (*at, name))
    for name in WORDS:
        if not isinstance(schema.get(name, ""), str):
            raise wrong("bad_keyword", (*at, name))
    if "$ref" in schema:
        check_reference(defs, schema, at, wrong)
        return
    check_type(schema, at, wrong)
    for name in schema:
        if name in BELONGS and not set(BELONGS[name]) & set(types_of(schema)):
            raise wrong("misplaced_keyword", (*at, name))
    check_values(schema, at, wrong)
    check_bounds(schema, at, wrong)
    if "object" in types_of(schema):
        check_object(defs, schema, at, wrong, depth)
    if "array" in types_of(schema):
        if "items" not in schema:
            raise wrong("items_needed", at)
        check_schema(defs, schema["items"], (*at, "items"), wrong, depth + 1)


def check_reference(defs, schema, at, wrong):
    ref = schema["$ref"]
    if not isinstance(ref, str) or not ref.startswith(REF) or not is_own(defs, ref[len(REF):]):
        raise wrong("unknown_ref", (*at, "$ref"))
    for name in schema:
        if name not in ("$ref", *WORDS):
            raise wrong("misplaced_keyword", (*at, name))
    if is_own(defs[ref[len(REF):]], "$ref"):
        raise wrong("ref_chain", (*at, "$ref"))


def check_type(schema, at, wrong):
    if "type" not in schema:
        if "const" not in schema and "enum" not in schema:
            raise wrong("type_needed", at)
        return
    kind = schema["type"]
    good = kind in TYPES if isinstance(kind, str) else (
        isinstance(kind, list) and len(kind) == 2 and kind.count("null") == 1 and all(isinstance(one, str) and one in TYPES for one in kind))
    if not good:
        raise wrong("bad_keyword", (*at, "type"))


def check_values(schema, at, wrong):
    for name in ("const", "enum"):
        if name in schema and {"object", "array"} & set(types_of(schema)):
            raise wrong("misplaced_keyword", (*at, name))
    if "const" in schema and not is_scalar(schema["const"]):
        raise wrong("bad_keyword", (*at, "const"))
    if "enum" not in schema:
        return
    if "const" in schema:
        raise wrong("misplaced_keyword", (*at, "enum"))
    values = schema["enum"]
    if not isinstance(values, list) or not 1 <= len(values) <= 256 or not all(map(is_scalar, values)) or len(set(map(canonical, values))) < len(values):
        raise wrong("bad_keyword", (*at, "enum"))


def check_bounds(schema, at, wrong):
    for least, most, whole in (("minLength", "maxLength", True), ("minItems", "maxItems", True), ("minimum", "maximum", False)):
        for name in (least, most):
            if name in schema and not (is_number(schema[name]) and (not whole or (0 <= schema[name] <= LIMIT and schema[name] == int(schema[name])))):
                raise wrong("bad_keyword", (*at, name))
        if least in schema and most in schema and schema[least] > schema[most]:
            raise wrong("bad_keyword", (*at, most))
    if "format" in schema and schema["format"] not in FORMATS:
        raise wrong("unknown_format", (*at, "format"))
    if not isinstance(schema.get("uniqueItems", False), bool):
        raise wrong("bad_keyword", (*at, "uniqueItems"))


def check_object(defs, schema, at, wrong, depth):
    if "additionalProperties" not in schema:
        raise wrong("closed_needed", at)
    more = schema["additionalProperties"]
    if more is True:
        raise wrong("bad_keyword", (*at, "additionalProperties"))
    if more is not False:
        check_schema(defs, more, (*at, "additionalProperties"), wrong, depth + 1)
    properties = schema.get("properties", {})
    if not isinstance(properties, dict):
        raise wrong("bad_keyword", (*at, "properties"))
    if len(properties) > 256:
        raise wrong("too_many_fields", (*at, "properties"))
    for name, inner in properties.items():
        if not re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,62}", name):
            raise wrong("bad_field_name", (*at, "properties", name))
        check_schema(defs, inner, (*at, "properties", name), wrong, depth + 1)
    required = schema.get("required", [])
    if not isinstance(required, list):
        raise wrong("bad_keyword", (*at, "required"))
    for i, name in enumerate(required):
        if not isinstance(name, str) or name not in properties or name in required[:i]:
            raise wrong("bad_keyword", (*at, "required", i))


# Checking a body

class Issue(Exception):
    def __init__(self, code, at):
        self.code, self.field = code, "".join("/" + str(step)[:80].replace("~", "~0").replace("/", "~1") for step in at)


def check_body(contract, collection, body):
    """None for a body that fits, else (code, field) of the first issue."""
    if not is_own(contract["collections"], collection):
        return "unknown_collection", ""
    defs = contract["data"]["$defs"]
    try:
        check(defs, defs[contract["collections"][collection]["item"]], body, ())
    except Issue as issue:
        return issue.code, issue.field
    return None


def is_of(value, kind):
    if kind == "integer":
        return is_number(value) and abs(value) <= LIMIT and value == int(value)
    return {"object": isinstance(value, dict), "array": isinstance(value, list), "string": isinstance(value, str), "number": is_number(value),
            "boolean": isinstance(value, bool), "null": value is None}[kind]


def is_lone(text):
    return any(0xD800 <= ord(c) <= 0xDFFF for c in text)


def check(defs, schema, value, at):
    if "$ref" in schema:
        if len(at) > LEVELS:
            raise Issue("too_deep", at)
        schema = definition(defs, schema)
    if "type" in schema and not any(is_of(value, kind) for kind in types_of(schema)):
        raise Issue("type", at)
    if isinstance(value, str) and is_lone(value):
        raise Issue("not_unicode", at)
    if "const" in schema or "enum" in schema:
        if not is_scalar(value) or not any(same(value, one) for one in schema.get("enum", [schema.get("const")])):
            raise Issue("not_listed", at)
    if isinstance(value, str):
        check_text(schema, value, at)
    elif is_number(value):
        check_number(schema, value, at)
    elif isinstance(value, list):
        check_list(defs, schema, value, at)
    elif isinstance(value, dict):
        check_members(defs, schema, value, at)


def check_text(schema, value, at):
    if len(value) < schema.get("minLength", 0):
        raise Issue("too_short", at)
    if "maxLength" in schema and len(value) > schema["maxLength"]:
        raise Issue("too_long", at)
    if "format" in schema and not FITS[schema["format"]](value):
        raise Issue("format", at)


def check_number(schema, value, at):
    if "minimum" in schema and value < schema["minimum"]:
        raise Issue("too_small", at)
    if "maximum" in schema and value > schema["maximum"]:
        raise Issue("too_large", at)


def check_list(defs, schema, value, at):
    if len(value) < schema.get("minItems", 0):
        raise Issue("too_few", at)
    if "maxItems" in schema and len(value) > schema["maxItems"]:
        raise Issue("too_many", at)
    for i, one in enumerate(value):
        check(defs, schema["items"], one, (*at, i))
    if schema.get("uniqueItems"):
        seen = set()
        for i, one in enumerate(map(canonical, value)):
            if one in seen:
                raise Issue("duplicate", (*at, i))
            seen.add(one)


def check_members(defs, schema, value, at):
    properties, more = schema.get("properties", {}), schema["additionalProperties"]
    for name in schema.get("required", []):
        if name not in value:
            raise Issue("required", (*at, name))
    for name, one in value.items():
        if name in properties:
            check(defs, properties[name], one, (*at, name))
        elif more is False or name == "__proto__" or is_lone(name):
            raise Issue("unknown_field", (*at, name))
        else:
            check(defs, more, one, (*at, name))


def is_date(text):
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    year, month, day = map(int, text.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1])


def is_date_time(text):
    found = re.fullmatch(r"([0-9-]{10})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])", text)
    return found is not None and is_date(found[1])


def split(address):
    """The parts of an address, or None where it is none. (The URL Standard knows some more ways to be none.)"""
    try:
        parts = urlsplit(address)
        return parts if parts.hostname and (parts.port is None or parts.port >= 0) else None
    except ValueError:
        return None


def is_uri(text):
    return re.fullmatch("https?://[!-~]{1,2000}", text) is not None and split(text) is not None


FITS = {"date": is_date, "date-time": is_date_time, "uri": is_uri, "blob": lambda text: from_base64url(text, 32) is not None}
