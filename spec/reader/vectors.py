"""Checks every vector (of byoda.json none): python3 spec/reader/vectors.py. Exit code 1 if any differs."""
import hashlib
import io
import pathlib
import sys
import zipfile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import blobs
import closed
import contracts
import decide
import encoding
import identity
import links
import persona
import pod
import record
import schemas
import services
import signatures
import words
from encoding import Refused, base64url, canonical, from_base64url, parse
from packed import lines_of_zip

FOLDER = pathlib.Path(__file__).parent.parent / "vectors"


def load(name):
    return parse((FOLDER / f"{name}.json").read_text())


class Tally:
    """Counts what was checked, and prints what differs."""

    def __init__(self):
        self.checked, self.wrong = 0, 0

    def same(self, name, got, expected):
        self.checked += 1
        if got != expected:
            self.wrong += 1
            print(f"DIFFERS {name}\n  expected {expected!r}\n  got      {got!r}")

    def code(self, name, expected, call):
        try:
            call()
            got = "accepted"
        except Refused as refused:
            got = refused.code
        self.same(name, got, expected)


def public_key(seed):
    return base64url(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def check_bytes(tally):
    for of in load("jcs")["good"]:
        tally.same(f"jcs {of['text'][:40]}", canonical(parse(of["text"])), of["canonical"])
    for of in load("jcs")["bad"]:
        try:
            got = canonical(parse(of["text"]))
        except ValueError:
            got = None
        tally.same(f"jcs {of['text']}", got, None)
    for of in load("base64url")["good"]:
        raw = bytes.fromhex(of["bytes"])
        tally.same("base64url", base64url(raw), of["base64url"])
        tally.same("base64url back", from_base64url(of["base64url"]), raw)
        tally.same("base32", encoding.base32(raw), of["base32"])
    for of in load("base64url")["bad"]:
        tally.same(f"base64url {of['why']}", from_base64url(of["text"]), None)
    for of in load("frame")["good"]:
        fields = [bytes.fromhex(f["bytes"]) if "bytes" in f else f.get("text", f.get("integer")) for f in of["fields"]]
        tally.same("frame", encoding.frame(*fields).hex(), of["frame"])


def check_identity(tally):
    vectors = load("identity")
    for of in vectors["recovery"]["good"]:
        entropy = bytes.fromhex(of["entropy"])
        tally.same("words", " ".join(words.words_of(entropy)), of["words"])
        tally.same("entropy", words.entropy_of(of["words"]), entropy)
        tally.same("seed", words.recovery_seed(entropy).hex(), of["seed"])
        tally.same("recovery key", public_key(words.recovery_seed(entropy)), of["recoveryKey"])
    for of in vectors["recovery"]["bad"]:
        tally.code(of["name"], of["code"], lambda of=of: words.entropy_of(of["words"]))
    of = vectors["persona"]
    tally.same("inception", canonical(of["statement"]), of["canonical"])
    tally.same("inception hash", identity.statement_hash(of["statement"]), of["hash"])
    tally.same("persona id", identity.persona_id(of["statement"]), of["persona"])
    for of in vectors["keyLogs"]["good"]:
        tally.same(of["name"], identity.verify_key_log(of["log"]), of["state"])
    for of in vectors["keyLogs"]["bad"]:
        tally.code(of["name"], of["code"], lambda of=of: identity.verify_key_log(of["log"]))
    for of in vectors["links"]:
        tally.same(f"link: {of['name']}", links.check_link(of["secret"], of["device"], of["label"], of["mac"]), of["good"])
    for of in vectors["signIns"]:
        tally.same(f"sign-in: {of['name']}", links.check_sign_in(of["house"], of["statement"], of["recoveryKey"], of["proof"]), of["good"])


def check_persona(tally):
    vectors = load("persona")
    for of in vectors["cases"]:
        statements = [vectors["statements"][one] if isinstance(one, str) else one for one in of["statements"]]
        for order in (statements, statements[::-1]):
            tally.same(of["name"], persona.verify(vectors["persona"], order, of["firstSeen"], of["now"]), of["verdict"])
    without = [one for one in vectors["statements"].values() if one["statement"]["type"] != "inception"]
    tally.code("no inception", "no_inception", lambda: persona.verify(vectors["persona"], without, {}, 0))


def check_simple_records(tally, vectors):
    for of in vectors["clock"]:
        if "code" in of:
            tally.code(of["name"], of["code"], lambda of=of: record.clock_next(of["last"], of["now"]))
        else:
            tally.same(of["name"], record.clock_next(of["last"], of["now"]), of["at"])
    for of in vectors["bodies"]:
        tally.same("body", canonical(of["body"]), of["canonical"])
        tally.same("body hash", record.body_hash(from_base64url(of["salt"], 32), of["body"]), of["hash"])
    for of in vectors["envelopes"]["good"]:
        record.parse_envelope(of["text"])
        tally.same(of["name"], record.envelope_id(of["text"]), of["id"])
    for of in vectors["envelopes"]["bad"]:
        tally.code(of["name"], of["code"], lambda of=of: record.parse_envelope(of["text"]))
    for of in vectors["merge"]["revs"]:
        if "code" in of:
            tally.code("rev", of["code"], lambda of=of: record.next_rev(of["base"], of["op"]))
        else:
            tally.same("rev", record.next_rev(of["base"], of["op"]), of["rev"])
    order = vectors["merge"]["order"]
    tally.same("merge order", sorted(reversed(order), key=record.rank), order)
    for of in vectors["merge"]["held"]:
        for order in (of["records"], of["records"][::-1]):
            tally.same(of["name"], record.held(order), (of["holds"], sorted(of["kept"])))


def check_chain(tally, of):
    device, lane = from_base64url(of["device"], 32), from_base64url(of["lane"], 16)
    chain = record.chain_start(of["persona"], device, lane)
    tally.same("chain start", base64url(chain), of["start"])
    for link in of["links"]:
        chain = record.chain_next(chain, from_base64url(link["id"], 32))
        tally.same("chain link", base64url(chain), link["chain"])
    head = of["head"]
    message = record.head_bytes(of["persona"], device, of["service"], lane, head["seq"], chain, from_base64url(head["keyLogHead"], 32))
    tally.same("head bytes", message.hex(), head["bytes"])
    signature = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(head["seed"])).sign(message)
    tally.same("head signature", base64url(signature), head["signature"])


def check_statements(tally, vectors):
    def state(of):
        return identity.verify_key_log(vectors["keyLogs"][of["keyLog"]])

    calls = {
        "lanes": lambda of: record.verify_lane(of["signed"], state(of)),
        "joined": lambda of: record.verify_joined(of["signed"], state(of)),
        "presents": lambda of: record.verify_present(of["signed"], of["service"], of["challenge"], state(of)),
        "offers": lambda of: record.verify_offer(of["signed"], of["owner"], of["now"], state(of)),
        "serviceOffers": lambda of: record.verify_service_offer(of["signed"], of["service"], of["by"], of["owner"], of["collection"], of["now"]),
        "reports": lambda of: record.verify_report(of["signed"], of["house"], state(of)),
    }
    for kind, call in calls.items():
        for of in vectors[kind]["good"]:
            tally.same(f"{kind}: {of['name']}", call(of), of["signed"]["statement"])
        for of in vectors[kind]["bad"]:
            tally.code(f"{kind}: {of['name']}", of["code"], lambda of=of, call=call: call(of))
    for of in vectors["offers"]["good"] + vectors["serviceOffers"]["good"]:
        tally.same("offer hash", identity.statement_hash(of["signed"]["statement"]), of["hash"])
    for of in vectors["logs"]["good"]:
        tally.same(of["name"], record.verify_log(of["announcement"], of["entries"], state(of)), of["summary"])
    for of in vectors["logs"]["bad"]:
        tally.code(of["name"], of["code"], lambda of=of: record.verify_log(of["announcement"], of["entries"], state(of)))


def check_closes(tally, vectors):
    def lane(of):
        state = identity.verify_key_log(vectors["keyLogs"][of["keyLog"]])
        return closed.verify_closed_lane(of["announcement"], of["entries"], state, of.get("close"), of.get("held"))

    def close(of):
        return closed.verify_close(of["signed"], identity.verify_key_log(vectors["keyLogs"][of["keyLog"]]))

    closes = vectors["closes"]
    for of in closes["good"]:
        tally.same(f"lane-close: {of['name']}", close(of), of["signed"]["statement"])
    for of in closes["bad"]:
        tally.code(f"lane-close: {of['name']}", of["code"], lambda of=of: close(of))
    for of in closes["lanes"]:
        tally.same(of["name"], lane(of), of["verdict"])
    for of in closes["badLanes"]:
        tally.code(of["name"], of["code"], lambda of=of: lane(of))


def check_services(tally):
    for of in load("rotation")["cases"]:
        tally.code(f"key of a service: {of['name']}", of.get("code", "accepted"), lambda of=of: services.check_service_key(of["service"], of["rotations"]))


def check_signatures(tally):
    vectors = load("signatures")
    for of in vectors["sign"]:
        signed = signatures.sign_request(of["message"], bytes.fromhex(of["seed"]), of["body"].encode(), of["now"], of["nonce"])
        tally.same(of["name"], signed, of["headers"])
    for of in vectors["verify"]:
        tally.code(f"signed request: {of['name']}", of.get("code", "accepted"), lambda of=of: signatures.verify_request(of["message"], of["now"]))


def check_export(tally):
    lines = io.BytesIO((FOLDER / "export.jsonl").read_bytes()).readlines()
    pod.read(lines)
    tally.checked += 1
    for of in load("export-bad")["bad"]:
        damaged = list(lines)
        at = of["line"] - 1
        damaged[at:at + 1] = [] if of.get("drop") else [damaged[at].replace(of["from"].encode(), of["to"].encode(), 1)]
        tally.same(f"{of['name']}: damage is damage", damaged == lines, False)
        tally.code(of["name"], of["code"], lambda damaged=damaged: pod.read(damaged))


def check_export_of_services(tally):
    for of in load("export-services")["cases"]:
        lines = io.BytesIO(of["text"].encode()).readlines()
        tally.code(of["name"], of.get("code", "accepted"), lambda lines=lines: pod.read(lines))


def damaged_zip(of):
    with zipfile.ZipFile(FOLDER / "export.zip") as good:
        files = {info.filename: good.read(info) for info in good.infolist()}
    name = of["file"]
    if "add" in of:
        files[name] = of["add"].encode()
    elif of.get("drop"):
        del files[name]
    else:
        files = {of.get("move", one) if one == name else one: bytes.replace(of["from"].encode(), of["to"].encode(), 1) if one == name and "from" in of else bytes for one, bytes in files.items()}
    if of.get("summed"):
        files.pop("sums.txt", None)
        files["sums.txt"] = "".join(f"{hashlib.sha256(bytes).hexdigest()}  {one}\n" for one, bytes in files.items()).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bad:
        for one, bytes in files.items():
            bad.writestr(one, bytes)
    return packed


def check_zip(tally):
    pod.read(lines_of_zip(FOLDER / "export.zip"))
    tally.checked += 1
    for of in load("export-zip-bad")["bad"]:
        tally.code(f"zip: {of['name']}", of["code"], lambda of=of: pod.read(lines_of_zip(damaged_zip(of))))


def refusal_of(call):
    try:
        return {"hash": call()}
    except Refused as refused:
        return {"code": refused.code, "at": refused.at}


def check_contracts(tally):
    vectors, listed = load("contract"), parse((FOLDER.parent / "contracts/hashes.json").read_text()).values()
    for of in vectors["good"]:
        for document in (of["contract"], canonical(of["contract"])):
            tally.same(f"contract {of['name']}", pod.contract_hash(contracts.parse_contract(document)), of["hash"])
    for of in vectors["bad"]:
        got = refusal_of(lambda of=of: contracts.parse_contract(of["contract"]))
        tally.same(f"contract: {of['name']}", got, {"code": of["code"], "at": of["at"]})
    for of in vectors["signed"]:
        got = refusal_of(lambda of=of: contracts.verify_contract(of["contract"], listed))
        tally.same(f"contract: {of['name']}", got, of["expect"])
    good = {of["name"]: of["contract"] for of in vectors["good"]}
    for of in vectors["bodies"]:
        issue = of["expect"] and (of["expect"]["code"], of["expect"]["field"])
        tally.same(f"body: {of['name']}", schemas.check_body(good[of["contract"]], of["collection"], of["body"]), issue)
    for of in vectors["blobs"]:
        got = [blob for blob, _ in blobs.named(good[of["contract"]], of["collection"], of["body"])]
        tally.same(f"blobs {of['name']}", got, [expected["blob"] for expected in of["expect"]])
    for of in vectors["decide"]:
        decision = decide.decide(good[of["contract"]], of["narrowing"], of["facts"], of["request"])
        tally.same(f"decide: {of['name']}", decision, of["expect"])
        for row in of.get("rows", []):
            got = decide.may_read(decision.get("allow", []), row["audience"], row["own"])
            tally.same(f"decide: {of['name']}, {row['audience']}", got, row["answer"])


def main():
    tally = Tally()
    check_bytes(tally)
    check_identity(tally)
    check_persona(tally)
    vectors = load("record")
    check_simple_records(tally, vectors)
    check_chain(tally, vectors["chain"])
    check_statements(tally, vectors)
    check_closes(tally, vectors)
    check_signatures(tally)
    check_services(tally)
    check_export(tally)
    check_export_of_services(tally)
    check_zip(tally)
    check_contracts(tally)
    print(f"{tally.checked} vectors checked, {tally.wrong} differ")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
