"""Lane-closes and lanes of revoked devices, written from spec/record.md, "Lanes of revoked devices"."""
from encoding import Refused, base64url, from_base64url
from identity import check_signatures, check_signed
from record import chain_next, chain_start, verify_log
from shape import bytes_of, closed, exactly, is_integer, is_key, is_one, is_persona

CLOSE = {
    "v": is_one, "type": exactly("lane-close"), "persona": is_persona, "device": is_key, "lane": bytes_of(16), "seq": is_integer(0),
    "chain": bytes_of(32), "by": is_key, "keyLogHead": bytes_of(32),
}


def verify_close(signed, state):
    check_signed(signed)
    close = signed["statement"]
    if not is_one(close.get("v")):
        raise Refused("bad_version")
    if close.get("type") != "lane-close":
        raise Refused("unknown_type")
    closed(close, CLOSE)
    check_signatures("commonhold/lane-close/1", signed, [close["by"]])
    if close["persona"] != state["persona"]:
        raise Refused("wrong_persona")
    device = state["devices"].get(close["device"])
    if device is None:
        raise Refused("device_unknown")
    if "revokedAt" not in device:
        raise Refused("device_not_revoked")
    if state["heads"][device["revokedAt"]] != close["keyLogHead"]:
        raise Refused("head_not_revocation")
    if device["revokedBy"] != close["by"]:
        raise Refused("not_the_revoker")
    return close


def chain_at(lane, entries, seq):
    chain = chain_start(lane["persona"], from_base64url(lane["device"]), from_base64url(lane["lane"]))
    for entry in entries[:seq]:
        chain = chain_next(chain, from_base64url(entry["id"]))
    return base64url(chain)


def verify_closed_lane(announcement, entries, state, close=None, held=None):
    """The summary of a lane, with how many of its records count and why the others are set aside."""
    summary = verify_log(announcement, entries, state)
    lane, count = announcement["statement"], len(entries)
    if "revokedAt" not in state["devices"][lane["device"]]:
        return {**summary, "good": count, "parked": 0}
    if close is not None:
        close = verify_close(close, state)
        if (close["device"], close["lane"]) != (lane["device"], lane["lane"]):
            raise Refused("close_of_other_lane")

    def matches(at):
        return at["seq"] <= count and chain_at(lane, entries, at["seq"]) == at["chain"]

    if close and close["seq"] <= count:
        good, why = (close["seq"], "beyond_close") if matches(close) else (0, "not_as_closed")
    else:
        good, why = (held["seq"] if held and matches(held) else 0), "not_seen_before"
    verdict = {**summary, "good": good, "parked": count - good}
    if good < count:
        verdict["why"] = why
    return verdict
