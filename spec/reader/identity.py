"""Key logs, written from spec/identity.md alone."""
import unicodedata

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from encoding import Refused, base32, base64url, canonical, frame, from_base64url, sha256
from shape import bytes_of, closed, exactly, is_integer, is_key, is_one, is_persona

CAPABILITIES = ["e2ee", "manage", "write"]


def jcs(statement):
    return canonical(statement).encode()


def statement_hash(statement):
    return base64url(sha256(jcs(statement)))


def persona_id(inception):
    return "c" + base32(sha256(jcs(inception)))


def verify(key, message, signature):
    """Whether an Ed25519 signature (base64url) by a key (base64url) fits."""
    raw = from_base64url(signature, 64)
    if raw is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(from_base64url(key, 32)).verify(raw, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def check_signatures(domain, signed, keys):
    if len(signed["signatures"]) != len(keys):
        raise Refused("signature_count")
    message = frame(domain, jcs(signed["statement"]))
    for key, signature in zip(keys, signed["signatures"]):
        if not verify(key, message, signature):
            raise Refused("bad_signature")


def check_signed(value):
    def is_list_of_texts(v):
        return isinstance(v, list) and all(isinstance(s, str) for s in v)
    return closed(value, {"statement": lambda v: isinstance(v, dict), "signatures": is_list_of_texts})


def is_capabilities(v):
    return isinstance(v, list) and bool(v) and all(isinstance(c, str) for c in v) \
        and v == [c for c in CAPABILITIES if c in v]


def is_label(v):
    return isinstance(v, str) and 1 <= len(v) <= 64 and not any(unicodedata.category(c) in ("Cc", "Cs") for c in v)


COMMON = {"v": is_one, "type": lambda v: isinstance(v, str), "persona": is_persona, "height": is_integer(1), "prev": bytes_of(32), "by": is_key}
SHAPES = {
    "inception": {"v": is_one, "type": exactly("inception"), "recoveryKey": is_key, "deviceKey": is_key, "nonce": bytes_of(16)},
    "add-device": {**COMMON, "device": is_key, "capabilities": is_capabilities, "label": is_label},
    "revoke-device": {**COMMON, "device": is_key},
    "rotate-recovery": {**COMMON, "recoveryKey": is_key},
    "set-home": {**COMMON, "house": is_persona},
    "revert-home": COMMON,
    "retire": COMMON,
}
RECOVERY_ALONE = ("rotate-recovery", "retire")


def check_statement(value):
    if not is_one(value.get("v")):
        raise Refused("bad_version")
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise Refused("unknown_type")
    return closed(value, SHAPES[kind], optional=("label",))


def verify_key_log(log):
    """The state that a key log leads to, or Refused."""
    if not isinstance(log, list) or not log:
        raise Refused("bad_log")
    state = None
    for signed in log:
        check_signed(signed)
        check_statement(signed["statement"])
        state = append(state, signed) if state else begin(signed)
    return state


def begin(signed):
    first = signed["statement"]
    if first["type"] != "inception":
        raise Refused("inception_expected")
    check_signatures("commonhold/statement/1", signed, [first["recoveryKey"], first["deviceKey"]])
    if first["recoveryKey"] == first["deviceKey"]:
        raise Refused("key_reused")
    head = statement_hash(first)
    return {
        "persona": persona_id(first), "head": head, "height": 0, "heads": [head], "recoveryKey": first["recoveryKey"],
        "pastRecoveryKeys": [], "home": None, "homeSetAt": None, "homeBy": None, "homeBefore": None, "retired": False,
        "devices": {first["deviceKey"]: {"capabilities": list(CAPABILITIES), "addedAt": 0}},
    }


def append(state, signed):
    statement = signed["statement"]
    check_entitled(state, statement)
    check_signatures("commonhold/statement/1", signed, [statement["by"]])
    return advance(state, statement)


def check_entitled(state, statement):
    check_place(state, statement)
    check_signer(state, statement)


def advance(state, statement):
    """Changes the state by a statement that may stand here."""
    head = statement_hash(statement)
    state["height"] += 1
    state["head"] = head
    state["heads"].append(head)
    EFFECTS[statement["type"]](state, statement)
    return state


def check_place(state, statement):
    if statement["type"] == "inception":
        raise Refused("inception_twice")
    if state["retired"]:
        raise Refused("retired")
    if statement["persona"] != state["persona"]:
        raise Refused("wrong_persona")
    if statement["height"] != state["height"] + 1:
        raise Refused("wrong_height")
    if statement["prev"] != state["head"]:
        raise Refused("wrong_prev")


def check_signer(state, statement):
    by = statement["by"]
    if by == state["recoveryKey"]:
        return
    if by in state["pastRecoveryKeys"]:
        raise Refused("signer_rotated")
    device = state["devices"].get(by)
    if device is None:
        raise Refused("signer_unknown")
    if "revokedAt" in device:
        raise Refused("signer_revoked")
    if "manage" not in device["capabilities"]:
        raise Refused("signer_not_manage")
    if statement["type"] in RECOVERY_ALONE:
        raise Refused("signer_not_recovery")


def was_recovery(state, key):
    return key == state["recoveryKey"] or key in state["pastRecoveryKeys"]


def add_device(state, statement):
    key = statement["device"]
    if was_recovery(state, key):
        raise Refused("key_reused")
    if key in state["devices"]:
        raise Refused("device_exists")
    device = {"capabilities": statement["capabilities"], "addedAt": state["height"]}
    if "label" in statement:
        device["label"] = statement["label"]
    state["devices"][key] = device


def revoke_device(state, statement):
    device = state["devices"].get(statement["device"])
    if device is None:
        raise Refused("device_unknown")
    if "revokedAt" in device:
        raise Refused("device_revoked")
    revoke(state, device, statement)


def rotate_recovery(state, statement):
    key = statement["recoveryKey"]
    if was_recovery(state, key) or key in state["devices"]:
        raise Refused("key_reused")
    state["pastRecoveryKeys"].append(state["recoveryKey"])
    state["recoveryKey"] = key


def revoke(state, device, statement):
    device["revokedAt"] = state["height"]
    device["revokedBy"] = statement["by"]


def revoke_pods(state, statement, condition):
    for device in state["devices"].values():
        if device["capabilities"] == ["write"] and "revokedAt" not in device and condition(device["addedAt"]):
            revoke(state, device, statement)


def set_home(state, statement):
    before, set_at = state["home"], state["homeSetAt"]
    if set_at is not None:
        revoke_pods(state, statement, lambda added: added < set_at)
    state["homeBefore"] = None if set_at is None else {"house": before, "setAt": set_at}
    state.update(home=statement["house"], homeSetAt=state["height"], homeBy=statement["by"])


def revert_home(state, statement):
    before, moved_at = state["homeBefore"], state["homeSetAt"]
    if before is None or moved_at != state["height"] - 1:
        raise Refused("revert_nothing")
    if state["homeBy"] not in state["devices"]:
        raise Refused("revert_final")
    if statement["by"] == state["homeBy"]:
        raise Refused("revert_own")
    revoke_pods(state, statement, lambda added: added > before["setAt"])
    for device in state["devices"].values():
        if device.get("revokedAt") == moved_at:
            del device["revokedAt"], device["revokedBy"]
    state.update(home=before["house"], homeSetAt=state["height"], homeBy=statement["by"], homeBefore=None)


def retire(state, _):
    state["retired"] = True


EFFECTS = {
    "add-device": add_device, "revoke-device": revoke_device, "rotate-recovery": rotate_recovery,
    "set-home": set_home, "revert-home": revert_home, "retire": retire,
}


def may_at(state, key, capability, head):
    """The height of `head`, if the device had the capability there."""
    if head not in state["heads"]:
        raise Refused("head_unknown")
    height = state["heads"].index(head)
    device = state["devices"].get(key)
    if device is None or device["addedAt"] > height:
        raise Refused("device_unknown")
    if device.get("revokedAt", height + 1) <= height:
        raise Refused("device_revoked")
    if capability not in device["capabilities"]:
        raise Refused("device_not_capable")
    return height
