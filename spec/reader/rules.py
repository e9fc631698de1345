"""The rules of a contract, written from spec/contract.md, "Rules"."""
from places import distinct, members, name_of, text, wrong
from schemas import fields_of, is_own

VERBS = ("read", "add", "change", "remove", "watch", "count", "search")
COLUMN_VERBS = ("read", "watch", "count", "search")


def check_rule(contract, collection, rule, at):
    members(rule, at, ("who", "may"), ("fields", "rows", "because"))
    who, may = rule["who"], rule["may"]
    check_who(contract, collection, who, (*at, "who"))
    for verb, place in distinct(may, (*at, "may"), least=1):
        if verb not in VERBS:
            raise wrong("unknown_verb", place)
        if who == "anyone" and verb in ("add", "change", "remove"):
            raise wrong("write_without_proof", place)
    if "rows" in rule:
        if rule["rows"] != "own":
            raise wrong("unknown_rows", (*at, "rows"))
        if "add" in may:
            raise wrong("rows_on_add", (*at, "rows"))
        if who == "anyone":
            raise wrong("rows_of_nobody", (*at, "rows"))
    check_fields(contract, collection, rule, at)
    if "because" in rule:
        text(rule["because"], (*at, "because"), 280)
    if never_applies(collection, rule):
        raise wrong("never_applies", at)


def check_fields(contract, collection, rule, at):
    if "fields" not in rule:
        return
    fields = fields_of(contract["data"]["$defs"], collection["item"])
    for name, place in distinct(rule["fields"], (*at, "fields"), least=1):
        if not isinstance(name, str) or not is_own(fields, name):
            raise wrong("unknown_field", place)
    if any(verb not in COLUMN_VERBS for verb in rule["may"]):
        raise wrong("fields_on_write", (*at, "fields"))


def check_who(contract, collection, who, at):
    if isinstance(who, str):
        if who not in ("owner", "service", "member", "signed-in", "anyone"):
            raise wrong("unknown_who", at)
        if who == "service" and contract["service"]["key"] is None:
            raise wrong("no_service_caller", at)
    elif isinstance(who, dict) and "house" in who:
        members(who, at, ("house",))
        if who["house"] != "mine":
            raise wrong("unknown_who", (*at, "house"))
    elif isinstance(who, dict) and "linked" in who:
        check_linked(who, at)
    else:
        check_reserved(who, at)
        raise wrong("unknown_who", at)
    if who != "owner" and collection["kind"] in ("cache", "local"):
        raise wrong("served_to_others", at)


def check_reserved(who, at):
    for name in ("hops", "group", "groups"):
        if is_own(who, name):
            raise wrong("reserved", (*at, name))


def check_linked(who, at):
    check_reserved(who, at)
    members(who, at, ("linked",), ("mutual",))
    for relation, place in distinct(who["linked"], (*at, "linked"), least=1, most=64):
        name_of(relation, place)
        if relation in ("block", "mute"):
            raise wrong("secret_relation", place)
    if not isinstance(who.get("mutual", False), bool):
        raise wrong("wrong_type", (*at, "mutual"))


def never_applies(collection, rule):
    if rule["who"] == "owner" or "rows" in rule or rule["may"] == ["add"]:
        return False
    audiences = set(collection.get("audiences", ["only-me"]))
    return audiences == {"only-me"} or (rule["who"] == "service" and not {"members", "everyone"} & audiences)
