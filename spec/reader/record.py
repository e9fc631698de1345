"""Envelopes, lanes, offers and chains, written from spec/record.md alone."""
from encoding import Refused, base64url, canonical, frame, from_base64url, parse_last, sha256
from identity import check_signatures, check_signed, may_at, statement_hash, verify
from shape import (
    bytes_of, closed, exactly, is_audience, is_author, is_base, is_clock, is_identifier, is_integer, is_key, is_one, is_op, is_persona,
    is_record_key, is_service,
)

DAY = 24 * 60 * 60 * 1000
ERA = 2**20


def clock_next(last, now):
    now = int(now // 1)
    last_ms = int(last[:12], 16) if last else -1
    if last_ms - now > DAY:
        raise Refused("clock_behind")
    if now < 0 or now >= 2**48:
        raise Refused("clock_range")
    ms, counter = (now, 0) if now > last_ms else (last_ms, int(last[12:], 16) + 1)
    if counter == 2**16:
        ms, counter = ms + 1, 0
    if ms >= 2**48:
        raise Refused("clock_range")
    return f"{ms:012x}{counter:04x}"


def next_rev(base, op):
    if base is None:
        return 1
    era = base["rev"] // ERA
    if base["op"] == "remove" and op == "put":
        return (era + 1) * ERA
    if (base["rev"] + (2 if op == "put" else 1)) // ERA != era:
        raise Refused("revisions_exhausted")
    return base["rev"] + 1


def rank(version):
    """The higher rank holds the key."""
    return (version["rev"] // ERA, version["op"] == "remove", version["rev"], version["at"], version["device"], version["id"])


def held(records):
    """The record that holds a key, and those that are kept beside it until the person chooses."""
    winner = max(records, key=rank)
    built_on = {one["base"] for one in records}
    kept = [one["id"] for one in records if one is not winner and one["op"] == "put" and one["id"] not in built_on
            and one.get("says") != winner.get("says")]
    return winner["id"], sorted(kept)


def body_hash(salt, body):
    return base64url(sha256(frame("commonhold/body/1", salt, canonical(body))))


ENVELOPE = {
    "v": is_one, "persona": is_persona, "device": is_key, "service": is_service, "lane": bytes_of(16), "contract": bytes_of(32),
    "collection": is_identifier, "key": is_record_key, "seq": is_integer(1), "at": is_clock, "rev": is_integer(1), "base": is_base,
    "op": is_op, "author": is_author, "offer": bytes_of(32), "body": bytes_of(32),
}


def key_fits(key, author, service, op):
    owner = key.split("/")[0] if "/" in key else None
    return owner == author or (author == service and (owner is None or op == "remove"))


def parse_envelope(text):
    try:
        value = parse_last(text)
    except ValueError:
        raise Refused("not_json") from None
    if not isinstance(value, dict):
        raise Refused("not_object")
    if not is_one(value.get("v")):
        raise Refused("bad_version")
    closed(value, ENVELOPE, optional=("author", "offer", "body"))
    if (value["rev"] == 1) != (value["base"] is None):
        raise Refused("bad_base")
    if ("author" in value) != ("offer" in value):
        raise Refused("bad_offer")
    if "author" in value:
        author = value["author"]
        if not (is_persona(author) or author == value["service"]) or not key_fits(value["key"], author, value["service"], value["op"]):
            raise Refused("bad_offer")
    if (value["op"] == "put") != ("body" in value):
        raise Refused("bad_body")
    if canonical(value) != text:
        raise Refused("not_canonical")
    return value


def envelope_id(text):
    return base64url(sha256(text.encode()))


def chain_start(persona, device, lane):
    return sha256(frame("commonhold/chain/1", persona, device, lane))


def chain_next(chain, identifier):
    return sha256(frame("commonhold/link/1", chain, identifier))


def head_bytes(persona, device, service, lane, seq, chain, head):
    return frame("commonhold/head/1", persona, device, service, lane, seq, chain, head)


BY = {"v": is_one, "device": is_key, "service": is_service, "contract": bytes_of(32), "keyLogHead": bytes_of(32)}
LANE = {**BY, "type": exactly("lane"), "persona": is_persona, "collection": is_identifier, "audience": is_audience, "lane": bytes_of(16)}
JOINED = {**BY, "type": exactly("joined"), "persona": is_persona}
PRESENT = {
    "v": is_one, "type": exactly("present"), "persona": is_persona, "device": is_key, "service": is_service,
    "challenge": bytes_of(32), "keyLogHead": bytes_of(32),
}
OFFER = {
    **BY, "type": exactly("offer"), "author": is_persona, "owner": is_persona, "collection": is_identifier, "key": is_record_key,
    "op": is_op, "base": is_base, "body": bytes_of(32), "expiry": is_integer(0),
}

SERVICE_OFFER = {
    "v": is_one, "type": exactly("service-offer"), "service": bytes_of(32), "by": is_key, "owner": is_persona, "collection": is_identifier,
    "key": is_record_key, "op": is_op, "body": bytes_of(32), "nonce": bytes_of(16), "expiry": is_integer(0),
}
SERVICE_OFFER_LIFE = 8 * DAY


REASONS = ("rules", "hurts", "private", "noise", "danger", "other")


def is_about(v):
    if not isinstance(v, dict):
        return False
    if "service" in v:
        return len(v) == 1 and bytes_of(32)(v["service"])
    return is_persona(v.get("persona")) and all(
        name == "persona" or (name == "key" and is_record_key(value)) for name, value in v.items())


def is_words(v):
    return isinstance(v, str) and 1 <= len(v) <= 1000 and not any(0xD800 <= ord(c) <= 0xDFFF for c in v)


REPORT = {
    "v": is_one, "type": exactly("report"), "reporter": is_persona, "device": is_key, "house": is_persona, "about": is_about,
    "reason": lambda v: v in REASONS, "words": is_words, "content": lambda v: isinstance(v, dict), "at": is_integer(0), "keyLogHead": bytes_of(32),
}


def check_by_device(kind, shape, signed, signer="device"):
    check_signed(signed)
    statement = signed["statement"]
    if not is_one(statement.get("v")):
        raise Refused("bad_version")
    if statement.get("type") != kind:
        raise Refused("unknown_type")
    closed(statement, shape, optional=("body", "words"))
    check_signatures(f"commonhold/{kind}/1", signed, [statement[signer]])
    return statement


def vouched(state, persona, statement):
    if state["persona"] != persona:
        raise Refused("wrong_persona")
    may_at(state, statement["device"], "write", statement["keyLogHead"])
    return statement


def verify_lane(signed, state):
    lane = check_by_device("lane", LANE, signed)
    return vouched(state, lane["persona"], lane)


def verify_joined(signed, state):
    joined = check_by_device("joined", JOINED, signed)
    return vouched(state, joined["persona"], joined)


def verify_present(signed, service, challenge, state):
    present = check_by_device("present", PRESENT, signed)
    if present["service"] != service or present["challenge"] != challenge:
        raise Refused("wrong_challenge")
    vouched(state, present["persona"], present)
    if present["keyLogHead"] != state["head"]:
        raise Refused("head_not_last")
    return present


def check_offer(signed):
    offer = check_by_device("offer", OFFER, signed)
    if not offer["key"].startswith(offer["author"] + "/"):
        raise Refused("offer_key")
    if (offer["op"] == "put") != ("body" in offer):
        raise Refused("bad_body")
    return offer


def verify_offer(signed, owner, now, state):
    offer = check_offer(signed)
    if offer["owner"] != owner:
        raise Refused("offer_wrong_owner")
    if now > offer["expiry"]:
        raise Refused("offer_expired")
    return vouched(state, offer["author"], offer)


def check_service_offer(signed):
    offer = check_by_device("service-offer", SERVICE_OFFER, signed, "by")
    if not key_fits(offer["key"], offer["service"], offer["service"], offer["op"]):
        raise Refused("offer_key")
    if (offer["op"] == "put") != ("body" in offer):
        raise Refused("bad_body")
    return offer


def verify_service_offer(signed, service, by, owner, collection, now):
    offer = check_service_offer(signed)
    if offer["owner"] != owner:
        raise Refused("offer_wrong_owner")
    if offer["service"] != service or offer["collection"] != collection:
        raise Refused("offer_wrong_place")
    if offer["by"] != by:
        raise Refused("offer_wrong_key")
    if now > offer["expiry"]:
        raise Refused("offer_expired")
    if offer["expiry"] - now > SERVICE_OFFER_LIFE:
        raise Refused("offer_too_long")
    return offer


def verify_report(signed, house, state):
    report = check_by_device("report", REPORT, signed)
    if len(canonical(report["content"]).encode()) > 65536:
        raise Refused("report_too_big")
    if report["about"].get("persona") == report["reporter"]:
        raise Refused("report_self")
    if report["house"] != house:
        raise Refused("report_wrong_house")
    return vouched(state, report["reporter"], report)


class Lane:
    """One lane of one device, fed with its entries in order."""

    def __init__(self, announcement, state):
        self.lane = verify_lane(announcement, state)
        self.state = state
        self.raw = {name: from_base64url(self.lane[name]) for name in ("device", "lane")}
        self.chain = chain_start(self.lane["persona"], self.raw["device"], self.raw["lane"])
        self.seq, self.erased, self.last_at, self.signed = 0, 0, "", True
        self.head_height = state["heads"].index(self.lane["keyLogHead"])

    def feed(self, entry):
        if not is_integer(1)(entry.get("seq")) or entry["seq"] != self.seq + 1:
            raise Refused("wrong_seq", f"expected {self.seq + 1}")
        if not bytes_of(32)(entry.get("id")):
            raise Refused("bad_field", "id")
        if "envelope" in entry:
            self.content(entry)
        else:
            self.erased += 1
            if any(name in entry for name in ("body", "salt", "offer")):
                raise Refused("erased_not_bare")
        self.seq += 1
        self.chain = chain_next(self.chain, from_base64url(entry["id"]))
        self.head(entry)

    def content(self, entry):
        text = entry["envelope"]
        if not isinstance(text, str):
            raise Refused("bad_field", "envelope")
        envelope = parse_envelope(text)
        if envelope_id(text) != entry["id"]:
            raise Refused("wrong_id")
        for name in ("persona", "device", "service", "lane", "collection"):
            if envelope[name] != self.lane[name]:
                raise Refused("wrong_lane", name)
        if envelope["seq"] != entry["seq"]:
            raise Refused("wrong_seq", "in the envelope")
        if envelope["at"] <= self.last_at:
            raise Refused("clock_went_back")
        self.last_at = envelope["at"]
        self.body(entry, envelope)
        self.offer(entry, envelope)

    @staticmethod
    def body(entry, envelope):
        if "body" not in envelope:
            if "body" in entry or "salt" in entry:
                raise Refused("body_unexpected")
            return
        if "body" not in entry or "salt" not in entry:
            raise Refused("body_missing")
        salt = from_base64url(entry["salt"], 32)
        if salt is None:
            raise Refused("bad_field", "salt")
        try:
            found = body_hash(salt, entry["body"])
        except ValueError:
            found = None
        if found != envelope["body"]:
            raise Refused("wrong_body")

    @staticmethod
    def offer(entry, envelope):
        if "offer" not in envelope:
            if "offer" in entry:
                raise Refused("offer_unexpected")
            return
        if "offer" not in entry:
            raise Refused("offer_missing")
        if envelope["author"] == envelope["service"]:
            offer, shared = check_service_offer(entry["offer"]), ("service", "collection", "key", "op", "body")
        else:
            offer, shared = check_offer(entry["offer"]), ("author", "service", "contract", "collection", "key", "op", "base", "body")
        same = offer["owner"] == envelope["persona"] and all(offer.get(n) == envelope.get(n) for n in shared)
        if not same or statement_hash(offer) != envelope["offer"]:
            raise Refused("offer_mismatch")
        if int(envelope["at"][:12], 16) > offer["expiry"]:
            raise Refused("offer_expired")

    def head(self, entry):
        self.signed = "sig" in entry
        if not self.signed:
            if "head" in entry:
                raise Refused("bad_field", "head without sig")
            return
        if not bytes_of(64)(entry["sig"]):
            raise Refused("bad_field", "sig")
        if not bytes_of(32)(entry.get("head")):
            raise Refused("bad_field", "head")
        height = may_at(self.state, self.lane["device"], "write", entry["head"])
        if height < self.head_height:
            raise Refused("head_went_back")
        self.head_height = height
        message = head_bytes(self.lane["persona"], self.raw["device"], self.lane["service"], self.raw["lane"], self.seq, self.chain,
                             from_base64url(entry["head"]))
        if not verify(self.lane["device"], message, entry["sig"]):
            raise Refused("bad_signature")

    def end(self):
        if not self.signed:
            raise Refused("head_missing")
        return {"entries": self.seq, "erased": self.erased, "chain": base64url(self.chain)}


def verify_log(announcement, entries, state):
    lane = Lane(announcement, state)
    for entry in entries:
        lane.feed(entry)
    return lane.end()
