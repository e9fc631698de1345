"""Signed requests (signatures.md)."""
import base64
import hashlib
import re

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from encoding import Refused, base64url, from_base64url
from identity import verify

PARTS = ["@method", "@target-uri", "content-digest"]
MEANT = ["idempotency-key", "last-event-id", "range"]
LABEL = r"[a-z*][a-z0-9_.*-]{0,31}"
WHOLE = re.compile(rf'({LABEL})=(\((("[@a-z0-9-]+"( (?!\)))?){{1,16}})\)((;[a-z]+=("[ !#-\[\]-~]*"|\d{{1,15}})){{1,8}}))', re.ASCII)


def digest_of(body):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def base_of(message, parts, parameters):
    lines = []
    for part in parts:
        value = {"@method": message["method"], "@target-uri": message["target"]}.get(part, message["headers"].get(part))
        if value is None or not re.fullmatch(r"[ -~]*", value.strip()):
            raise Refused("signature_wrong")
        lines.append(f'"{part}": {value.strip()}')
    return "\n".join([*lines, f'"@signature-params": {parameters}'])


def read_input(text):
    found = WHOLE.fullmatch(text) if len(text) <= 2000 else None
    if not found:
        raise Refused("bad_signature_input")
    parts = re.findall(r'"([^"]+)"', found[3])
    pairs = re.findall(r';([a-z]+)=(?:"([^"]*)"|(\d+))', found[6])
    said = {name: int(number) if number else word for name, word, number in pairs}
    persona, _, key = str(said.get("keyid", "")).rpartition(".")
    good = (
        sorted(said) == ["alg", "created", "expires", "keyid", "nonce", "tag"] and len(said) == len(pairs) and len(set(parts)) == len(parts)
        and isinstance(said["created"], int) and isinstance(said["expires"], int) and re.fullmatch(r"[A-Za-z0-9_-]{22,64}", str(said["nonce"]))
        and said["alg"] == "ed25519" and said["tag"] == "commonhold/1" and from_base64url(key, 32) and re.fullmatch(r"(c[a-z2-7]{52})?", persona)
    )
    if not good:
        raise Refused("bad_signature_input")
    return found[1], parts, found[2], said, key


def verify_request(message, now):
    headers = message["headers"]
    label, parts, parameters, said, key = read_input(headers.get("signature-input", "").strip())
    if not all(part in parts for part in PARTS + [name for name in MEANT if name in headers]):
        raise Refused("signature_uncovered")
    if not 0 < said["expires"] - said["created"] <= 300:
        raise Refused("signature_too_long")
    if said["created"] > now / 1000 + 30:
        raise Refused("signature_early")
    if said["expires"] <= now / 1000:
        raise Refused("signature_expired")
    found = re.fullmatch(rf"({LABEL})=:([A-Za-z0-9+/]{{86}}==):", headers.get("signature", "").strip())
    base = base_of(message, parts, parameters)
    if not found or found[1] != label or not verify(key, base.encode(), base64url(base64.b64decode(found[2]))):
        raise Refused("signature_wrong")


def sign_request(message, seed, body, now, nonce):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key = base64url(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    whole = {**message, "headers": {**message["headers"], "content-digest": digest_of(body)}}
    parts = PARTS + [name for name in MEANT if name in message["headers"]]
    created = now // 1000
    names = " ".join(f'"{part}"' for part in parts)
    parameters = f'({names});created={created};expires={created + 60};nonce="{nonce}";keyid="{key}";alg="ed25519";tag="commonhold/1"'
    signature = base64.b64encode(private.sign(base_of(whole, parts, parameters).encode())).decode()
    return {"content-digest": digest_of(body), "signature-input": f"commonhold={parameters}", "signature": f"commonhold=:{signature}:"}
