"""Who may do what with a record, written from spec/contract.md, "Audiences" and "Deciding"."""
AUDIENCES = ("only-me", "close", "linked", "house", "members", "followers", "everyone")
COLUMN_VERBS = ("read", "count", "watch", "search")


def is_in(audience, facts):
    """Whether a caller is in an audience."""
    relations = facts["relations"]
    return facts["owner"] or {
        "only-me": False, "close": "close" in relations, "linked": any(one not in ("block", "mute", "follower") for one in relations),
        "house": facts["house"], "members": facts["member"] or facts["service"], "followers": "follower" in relations or "close" in relations,
        "everyone": True,
    }[audience]


def holds(who, facts):
    """Whether a rule speaks of a caller."""
    if isinstance(who, dict):
        if "house" in who:
            return facts["house"]
        return any(one in facts["relations"] and (not who.get("mutual") or one in facts["mutual"]) for one in who["linked"])
    return {"owner": facts["owner"], "service": facts["service"], "member": facts["member"], "signed-in": facts["persona"] is not None, "anyone": True}[who]


def decide(contract, narrowing, facts, request):
    """{allow: [alternative, …]} or {deny: reason}."""
    if not facts["owner"]:
        if facts["blocked"]:
            return {"deny": "blocked"}
        if narrowing.get("paused") and ("until" not in narrowing or narrowing["until"] > facts["now"]):
            return {"deny": "paused"}
    collection, verb = contract["collections"].get(request["collection"]), request["verb"]
    if collection is None:
        return {"deny": "unknown_collection"}
    if facts["owner"] and verb in ("read", "remove"):
        return {"allow": [{"fields": None, "rows": "all", "audiences": list(AUDIENCES), "rule": "owner"}]}
    reason, allow = "no_rule", []
    for i, rule in enumerate(collection["allow"]):
        if verb not in rule["may"] or not holds(rule["who"], facts):
            continue
        alternative = alternative_of(collection, rule, f"{request['collection']}.allow[{i}]", facts, verb)
        if alternative is None:
            reason = "no_audience"
        elif not narrowed(alternative, narrowing.get("rules", {}).get(alternative["rule"], {}), verb):
            reason = "narrowed"
        else:
            allow.append(alternative)
    return {"allow": allow} if allow else {"deny": reason}


def alternative_of(collection, rule, name, facts, verb):
    listed = collection.get("audiences", ["only-me"])
    default = collection.get("defaultAudience", "only-me" if "audiences" not in collection else listed[0])
    rows = rule.get("rows", "all")
    audiences = [one for one in AUDIENCES if one in listed and (rows == "own" or is_in(one, facts) or (verb == "add" and one == default))]
    return {"fields": rule.get("fields"), "rows": rows, "audiences": audiences, "rule": name} if audiences else None


def narrowed(alternative, narrowing, verb):
    """Takes away what the owner took away; whether anything is left."""
    if narrowing.get("off"):
        return False
    if "fields" in narrowing and verb in COLUMN_VERBS:
        fields = narrowing["fields"] if alternative["fields"] is None else [one for one in alternative["fields"] if one in narrowing["fields"]]
        alternative["fields"] = fields
        if not fields:
            return False
    if "audiences" in narrowing and verb != "add":
        alternative["audiences"] = [one for one in alternative["audiences"] if one in narrowing["audiences"]]
    return bool(alternative["audiences"])


def may_read(allow, audience, own):
    """What the alternatives let read of one record: "all", "none", or the fields."""
    fields = set()
    for one in allow:
        if audience in one["audiences"] and (one["rows"] == "all" or own):
            if one["fields"] is None:
                return "all"
            fields |= set(one["fields"])
    return sorted(fields) if fields else "none"
