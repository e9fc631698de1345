"""Which documents are contracts, written from spec/contract.md alone. A refusal has its place in `at`."""
import math
import re

from decide import AUDIENCES
from encoding import canonical, frame, from_base64url, parse_last
from identity import verify
from places import HIDDEN, distinct, members, name_of, number, text, wrong
from pod import contract_hash
from rules import check_rule
from schemas import check_schema, definition, fields_of, is_lone, is_own, split
from services import service_id
from shape import is_clock

TOO_BIG, TOO_DEEP = 262144, 16
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MADE_BY_PEOPLE = ("follow", "follower", "close")
ALWAYS_MEAN = ("follow", "close", "block", "mute")


# The document

def parse_contract(document):
    """The contract in a text or a value, or Refused."""
    if isinstance(document, str):
        if len(document.encode("utf-8", "surrogatepass")) > TOO_BIG:
            raise wrong("too_big", ())
        try:
            document = parse_last(document)
        except ValueError:
            raise wrong("not_json", ()) from None
        level(document, (), 1)
    else:
        level(document, (), 1)
        if len(canonical(document).encode()) > TOO_BIG:
            raise wrong("too_big", ())
    check_document(document)
    return document


def level(value, at, depth):
    if depth > TOO_DEEP:
        raise wrong("too_deep", at)
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        level(one, (*at, name), depth + 1)
    texts = [value] if isinstance(value, str) else value if isinstance(value, dict) else ()
    if any(map(is_lone, texts)):
        raise wrong("not_unicode", at)
    if isinstance(value, (int, float)) and not math.isfinite(as_double(value)):
        raise wrong("not_json", at)


def as_double(number):
    """What IEEE 754 makes of a number of any length."""
    try:
        return float(number)
    except OverflowError:
        return math.inf


def check_document(contract):
    if not isinstance(contract, dict):
        raise wrong("wrong_type", ())
    if contract.get("commonhold") != "contract/1":
        raise wrong("unknown_format", ("commonhold",))
    if "feeds" in contract:
        raise wrong("reserved", ("feeds",))
    members(contract, (), ("commonhold", "service", "version", "purpose", "collections", "data"), ("bundles", "signature"))
    number(contract["version"], ("version",), 1, 2147483647)
    text(contract["purpose"], ("purpose",), 280)
    check_service(contract["service"])
    check_data(contract["data"])
    check_collections(contract)
    check_bundles(contract)
    check_signature(contract)


def check_data(data):
    members(data, ("data",), ("$schema", "$defs"))
    if data["$schema"] != DIALECT:
        raise wrong("unknown_dialect", ("data", "$schema"))
    defs, at = data["$defs"], ("data", "$defs")
    if not isinstance(defs, dict):
        raise wrong("wrong_type", at)
    if len(defs) > 512:
        raise wrong("too_many", at)
    for name, schema in defs.items():
        name_of(name, (*at, name))
        check_schema(defs, schema, (*at, name), wrong)


def check_bundles(contract):
    if "bundles" not in contract:
        return
    if not isinstance(contract["bundles"], dict):
        raise wrong("wrong_type", ("bundles",))
    for name, collections in contract["bundles"].items():
        name_of(name, ("bundles", name))
        for one, at in distinct(collections, ("bundles", name), least=1):
            if not is_own(contract["collections"], one):
                raise wrong("unknown_collection", at)


def check_signature(contract):
    if "signature" not in contract:
        return
    signature, at = contract["signature"], ("signature",)
    if contract["service"]["key"] is None:
        raise wrong("signature_without_key", at)
    members(signature, at, ("key", "at", "sig"))
    if signature["key"] != contract["service"]["key"]:
        raise wrong("bad_signature", (*at, "key"))
    if not is_clock(signature["at"]):
        raise wrong("bad_signature", (*at, "at"))
    if from_base64url(signature["sig"], 64) is None:
        raise wrong("bad_signature", (*at, "sig"))


# The service

def check_service(service):
    at = ("service",)
    members(service, at, ("id", "name", "title", "publisher", "key"), ("website", "support", "endpoint", "origins"))
    name_of(service["name"], (*at, "name"))
    for name in ("title", "publisher"):
        text(service[name], (*at, name), 80)
    if service["key"] is not None and from_base64url(service["key"], 32) is None:
        raise wrong("bad_key", (*at, "key"))
    good = service["id"] == service["name"] if service["key"] is None else from_base64url(service["id"], 32) is not None
    if not good:
        raise wrong("bad_id", (*at, "id"))
    for name in ("website", "endpoint", "support"):
        if name in service and not is_address(service[name], name == "support"):
            raise wrong("bad_address", (*at, name))
    for origin, place in distinct(service.get("origins", []), (*at, "origins"), most=16):
        if not isinstance(origin, str):
            raise wrong("wrong_type", place)
        if not is_origin(origin):
            raise wrong("bad_address", place)
    if service["key"] is None:
        for name in ("endpoint", "origins"):
            if name in service:
                raise wrong("no_service_caller", (*at, name))


def is_address(value, mail):
    if not isinstance(value, str) or not 1 <= len(value) <= 2000 or HIDDEN.search(value):
        return False
    if mail and value.startswith("mailto:"):
        return True
    parts = split(value)
    return parts is not None and "@" not in parts.netloc and (
        value.startswith("https://") or re.match("http://(localhost|127[.]0[.]0[.]1)(:[0-9]*)?([/?#]|$)", value) is not None)


def is_origin(value):
    parts = split(value)
    return is_address(value, False) and value == f"{parts.scheme}://{parts.netloc.lower()}" and parts.port != {"https": 443, "http": 80}[parts.scheme]


# Collections

def check_collections(contract):
    collections, at = contract["collections"], ("collections",)
    if not isinstance(collections, dict):
        raise wrong("wrong_type", at)
    if not collections:
        raise wrong("too_few", at)
    if len(collections) > 128:
        raise wrong("too_many", at)
    for name, collection in collections.items():
        name_of(name, (*at, name))
        check_collection(contract, collection, (*at, name))
    made = {one for name in collections for one in relations_of(contract, name)}
    trusted = set()
    for name, collection in collections.items():
        for i, rule in enumerate(collection["allow"]):
            check_rule(contract, collection, rule, (*at, name, "allow", i))
            if isinstance(rule["who"], dict) and "linked" in rule["who"]:
                trusted |= set(rule["who"]["linked"])
                if not set(rule["who"]["linked"]) <= made | set(MADE_BY_PEOPLE):
                    raise wrong("unknown_relation", (*at, name, "allow", i, "who", "linked"))
    for name, collection in collections.items():
        opens = relations_of(contract, name) & (trusted | set(ALWAYS_MEAN))
        for i, rule in enumerate(collection["allow"]):
            if opens and rule["who"] != "owner" and {"add", "change"} & set(rule["may"]):
                raise wrong("strangers_make_links", (*at, name, "allow", i))


def relations_of(contract, name):
    """The relations that a `links` collection makes."""
    collection = contract["collections"][name]
    if collection["kind"] != "links":
        return set()
    relation = contract["data"]["$defs"][collection["item"]]["properties"]["relation"]
    return set(relation.get("enum", [relation.get("const")]))


def check_collection(contract, collection, at):
    members(collection, at, ("kind", "item", "allow"), (
        "label", "cluster", "audiences", "defaultAudience", "limits", "retention", "index", "counts", "of"))
    kind = collection["kind"]
    if kind not in ("single", "list", "links", "cache", "local"):
        raise wrong("unknown_kind", (*at, "kind"))
    check_item(contract["data"]["$defs"], collection, at)
    if "label" in collection:
        members(collection["label"], (*at, "label"), ("one", "many"))
        for name in ("one", "many"):
            text(collection["label"][name], (*at, "label", name), 80)
    if "cluster" in collection:
        text(collection["cluster"], (*at, "cluster"), 80)
    check_audiences(collection, at)
    check_bounds(collection, at)
    check_columns(contract["data"]["$defs"], collection, at)
    check_cache(contract, collection, at)
    if not isinstance(collection["allow"], list):
        raise wrong("wrong_type", (*at, "allow"))
    if len(collection["allow"]) > 64:
        raise wrong("too_many", (*at, "allow"))


def check_item(defs, collection, at):
    item = collection["item"]
    if not isinstance(item, str) or not is_own(defs, item):
        raise wrong("unknown_item", (*at, "item"))
    schema = defs[item]
    if schema.get("type") != "object" or "properties" not in schema or schema.get("additionalProperties") is not False:
        raise wrong("item_not_closed", (*at, "item"))
    if collection["kind"] == "links":
        check_link(schema, (*at, "item"))


def check_link(schema, at):
    properties, required = schema["properties"], schema.get("required", [])
    if not {"persona", "relation"} <= set(required):
        raise wrong("bad_link", at)
    relation = properties["relation"]
    relations = relation["enum"] if "enum" in relation else [relation["const"]] if "const" in relation else None
    note = properties.get("note")
    if properties["persona"].get("type") != "string" or relations is None or (note is not None and note.get("type") != "string"):
        raise wrong("bad_link", at)
    for one in relations:
        name_of(one, at)


def check_audiences(collection, at):
    audiences = collection.get("audiences")
    if audiences is not None or "audiences" in collection:
        for one, place in distinct(audiences, (*at, "audiences"), least=1):
            if one not in AUDIENCES:
                raise wrong("unknown_audience", place)
    if "defaultAudience" in collection:
        if collection["defaultAudience"] not in (audiences or ()):
            raise wrong("audience_not_listed", (*at, "defaultAudience"))
    elif len(audiences or ()) > 1:
        raise wrong("default_needed", (*at, "defaultAudience"))
    if collection["kind"] in ("cache", "local") and audiences not in (None, ["only-me"]):
        raise wrong("served_to_others", (*at, "audiences"))


def check_bounds(collection, at):
    if "limits" in collection:
        limits = collection["limits"]
        members(limits, (*at, "limits"), (), ("count", "itemBytes"))
        if "count" in limits:
            number(limits["count"], (*at, "limits", "count"), 1, 1 if collection["kind"] == "single" else 10000000)
        if "itemBytes" in limits:
            number(limits["itemBytes"], (*at, "limits", "itemBytes"), 1, TOO_BIG)
    if "retention" in collection:
        retention = collection["retention"]
        if not isinstance(retention, str) or not re.fullmatch("P[1-9][0-9]{0,3}[DWMY]", retention):
            raise wrong("bad_retention", (*at, "retention"))


def check_columns(defs, collection, at):
    fields = fields_of(defs, collection["item"])
    for kind in ("index", "counts"):
        for name, place in distinct(collection.get(kind, []), (*at, kind), most=64):
            if not isinstance(name, str) or not is_own(fields, name):
                raise wrong("unknown_field", place)
            types = definition(defs, fields[name]).get("type")
            if {"object", "array"} & set(types if isinstance(types, list) else [types]):
                raise wrong("not_a_column", place)


def check_cache(contract, collection, at):
    if collection["kind"] != "cache":
        if "of" in collection:
            raise wrong("of_without_cache", (*at, "of"))
        return
    if "of" not in collection:
        raise wrong("missing_member", (*at, "of"))
    if not isinstance(collection["of"], str) or not is_own(contract["collections"], collection["of"]):
        raise wrong("unknown_collection", (*at, "of"))
    source = contract["collections"][collection["of"]]
    if not isinstance(source, dict) or source.get("kind") in ("cache", "local") or source.get("item") != collection["item"]:
        raise wrong("bad_cache", (*at, "of"))
    if "retention" not in collection:
        raise wrong("retention_needed", (*at, "retention"))


# Who stands behind it

def verify_contract(contract, listed):
    """The hash of a contract that somebody stands behind; `listed`: the hashes of the built-in ones."""
    service, name = contract["service"], contract_hash(contract)
    if service["key"] is None:
        if name not in listed:
            raise wrong("not_built_in", ("service", "key"))
        return name
    if service_id(service["key"], service["name"]) != service["id"]:
        raise wrong("bad_id", ("service", "id"))
    if "signature" not in contract:
        raise wrong("unsigned", ("signature",))
    signature = contract["signature"]
    message = frame("commonhold/contract/1", from_base64url(name, 32), from_base64url(service["key"], 32), signature["at"])
    if not verify(service["key"], message, signature["sig"]):
        raise wrong("bad_signature", ("signature", "sig"))
    return name
