"""Keys of services that follow others, written from spec/contract.md, "Another key"."""
import hashlib

from encoding import Refused, base64url, frame, from_base64url
from identity import check_signatures, check_signed
from shape import closed, exactly, is_clock, is_key, is_one, is_service

ROTATION = {"v": is_one, "type": exactly("rotate-service-key"), "service": is_service, "from": is_key, "to": is_key, "at": is_clock}


def service_id(key, name):
    return base64url(hashlib.sha256(frame("commonhold/service/1", from_base64url(key, 32), name)).digest())


def follows(signed, service, current):
    try:
        check_signed(signed)
        statement = closed(signed["statement"], ROTATION)
        check_signatures("commonhold/rotate-service-key/1", signed, [statement["from"]])
    except Refused:
        return None
    if statement["service"] != service["id"] or current not in (None, statement["from"]):
        return None
    return statement


def check_service_key(service, rotations):
    """Refuses a key that is not its service's."""
    current, had = None, set()
    for i, signed in enumerate(rotations):
        statement = follows(signed, service, current)
        if statement is None or statement["to"] in had | {statement["from"]}:
            raise Refused("bad_rotation", f"/rotations/{i}")
        had.add(statement["from"])
        current = statement["to"]
    first = rotations[0]["statement"]["from"] if rotations else service["key"]
    if service_id(first, service["name"]) != service["id"]:
        raise Refused("bad_id", "/service/id")
    if current is not None and current != service["key"]:
        raise Refused("bad_rotation", "/service/key")
