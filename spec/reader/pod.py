"""Checks an exported pod: python3 spec/reader/pod.py EXPORT.jsonl, or EXPORT.zip. Exit code 1, with line and code, on any damage."""
import collections
import hashlib
import re
import sys

import blobs
import packed
import record
from closed import verify_close
from encoding import Refused, base64url, canonical, from_base64url, parse, sha256, too_deep
from identity import append, begin, check_signed, check_statement
from shape import bytes_of, closed, exactly, is_integer, is_persona


def is_text(v):
    return isinstance(v, str)


def either(*checks):
    return lambda v: v is None or any(check(v) for check in checks)


def is_day(v):
    return is_text(v) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", v) is not None


def is_one(v):
    return not isinstance(v, bool) and isinstance(v, (int, float)) and v == 1


ACCESS = {
    "type": is_text, "day": is_day, "caller": either(is_text), "service": is_text, "collection": is_text, "audience": either(is_text),
    "verb": is_text, "refused": lambda v: isinstance(v, bool), "rule": either(is_text), "count": is_integer(1),
    "first": either(is_integer(0)), "last": either(is_integer(0)),
}
HEADER = {"type": exactly("commonhold-export"), "v": is_one, "persona": is_persona, "exportedAt": is_integer(0), "house": is_persona}
CONTRACT = {"type": is_text, "service": is_text, "hash": bytes_of(32), "contract": lambda v: isinstance(v, dict)}
ENTRY = {
    "type": is_text, "lane": bytes_of(16), "device": bytes_of(32), "seq": is_integer(1), "id": bytes_of(32), "sig": is_text,
    "head": is_text, "envelope": is_text, "body": lambda _: True, "salt": is_text, "offer": lambda _: True,
}
ENTRY_OPTIONAL = ("sig", "head", "envelope", "body", "salt", "offer")
LINE_BYTES = 2**22
END = {"type": is_text, "lines": is_integer(1), "sha256": bytes_of(32)}


def contract_hash(contract):
    """The hash of a contract (base64url), or None if it has no canonical form."""
    try:
        return base64url(sha256(canonical({name: value for name, value in contract.items() if name != "signature"}).encode()))
    except ValueError:
        return None


class Export:
    """An export, fed line by line."""

    def __init__(self):
        self.header, self.state, self.homes, self.contracts, self.lanes = None, None, set(), {}, {}
        self.blobs = blobs.Reading(lambda service: service in (self.service_of(c) for c in self.contracts.values()))
        self.hash, self.count, self.ended, self.authors, self.signatures = hashlib.sha256(), 0, False, set(), 0
        self.records, self.access, self.closes = collections.Counter(), 0, set()
        self.kinds = {"statement": self.statement, "contract": self.contract, "joined": self.joined, "lane": self.lane,
                      "blob": lambda line: self.blobs.feed(line),
                      "entry": self.entry, "close": self.close, "access": self.access_line, "end": self.end}

    def feed(self, raw):
        if self.ended:
            raise Refused("after_end")
        try:
            if not raw.endswith(b"\n"):
                raise ValueError("no line end")
            if len(raw) > LINE_BYTES:
                raise ValueError("too long")
            line = parse(raw.decode())
            if too_deep(line):
                raise ValueError("nested too deep")
        except ValueError as error:
            raise Refused("not_json", str(error)) from None
        if not isinstance(line, dict):
            raise Refused("not_object")
        self.count += 1
        self.take(line)
        self.hash.update(raw)

    def take(self, line):
        if self.header is None:
            if line.get("type") != "commonhold-export" or not is_one(line.get("v")):
                raise Refused("bad_header")
            self.header = closed(line, HEADER)
            return
        kind = line.get("type")
        if not is_text(kind) or kind not in self.kinds:
            raise Refused("unknown_type", str(kind))
        if kind != "statement":
            self.check_persona()
        if kind not in ("statement", "blob") and self.blobs.open:
            raise Refused("blob_part", "a blob lacks parts")
        self.kinds[kind](line)

    def check_persona(self):
        if self.state is None:
            raise Refused("bad_log", "no inception")
        if self.header["house"] not in self.homes:
            raise Refused("wrong_house")

    @staticmethod
    def signed(line):
        return check_signed({name: value for name, value in line.items() if name != "type"})

    def statement(self, line):
        if self.contracts or self.lanes or self.access:
            raise Refused("line_order", "the key log comes first")
        signed = self.signed(line)
        check_statement(signed["statement"])
        self.state = append(self.state, signed) if self.state else begin(signed)
        if self.state["persona"] != self.header["persona"]:
            raise Refused("wrong_persona")
        self.homes.add(self.state["home"])

    def contract(self, line):
        closed(line, CONTRACT)
        if contract_hash(line["contract"]) != line["hash"]:
            raise Refused("contract_hash")
        service = line["contract"].get("service")
        if not isinstance(service, dict) or service.get("id") != line["service"]:
            raise Refused("contract_service")
        self.contracts[line["hash"]] = line["contract"]

    @staticmethod
    def service_of(contract):
        return contract["service"]["id"]

    def known_contract(self, of):
        contract = self.contracts.get(of["contract"])
        if contract is None or self.service_of(contract) != of["service"]:
            raise Refused("contract_missing")
        return contract

    def joined(self, line):
        self.known_contract(record.verify_joined(self.signed(line), self.state))

    def lane(self, line):
        lane = record.Lane(self.signed(line), self.state)
        self.known_contract(lane.lane)
        place = (lane.lane["lane"], lane.lane["device"])
        if place in self.lanes:
            raise Refused("lane_twice")
        self.lanes[place] = lane

    def close(self, line):
        close = verify_close(self.signed(line), self.state)
        place = (close["lane"], close["device"])
        if place not in self.lanes:
            raise Refused("lane_unknown")
        if place in self.closes:
            raise Refused("close_twice")
        self.closes.add(place)

    def entry(self, line):
        closed(line, ENTRY, optional=ENTRY_OPTIONAL)
        lane = self.lanes.get((line["lane"], line["device"]))
        if lane is None:
            raise Refused("lane_unknown")
        lane.feed(line)
        self.signatures += "sig" in line
        if "envelope" not in line:
            return
        envelope = record.parse_envelope(line["envelope"])
        contract = self.known_contract(envelope)
        if envelope["op"] == "put":
            self.records[f"{envelope['service']}.{envelope['collection']}"] += 1
        if "author" in envelope:
            self.authors.add(envelope["author"])
            if envelope["author"] == envelope["service"] and line["offer"]["statement"]["by"] != contract["service"].get("key"):
                raise Refused("offer_wrong_key")
        if "body" in line:
            for blob, _ in blobs.named(contract, envelope["collection"], line["body"]):
                if (envelope["service"], blob) not in self.blobs.whole:
                    raise Refused("blob_missing")

    def access_line(self, line):
        closed(line, ACCESS)
        self.access += 1

    def end(self, line):
        closed(line, END)
        for lane in self.lanes.values():
            lane.end()
        if line["lines"] != self.count:
            raise Refused("end_lines", f"{self.count} lines, not {line['lines']}")
        if from_base64url(line["sha256"]) != self.hash.digest():
            raise Refused("end_sha256")
        self.ended = True

    def finish(self):
        if not self.ended:
            raise Refused("bad_header" if self.header is None else "end_missing")

    def summary(self):
        devices = self.state["devices"].values()
        lanes = self.lanes.values()
        yield f"persona    {self.state['persona']}{' (retired)' if self.state['retired'] else ''}"
        yield f"house      {self.header['house']}"
        yield f"key log    {self.state['height'] + 1} statements, {sum('revokedAt' not in d for d in devices)} of {len(devices)} devices active"
        yield f"contracts  {', '.join(sorted(set(map(self.service_of, self.contracts.values())))) or 'none'}"
        yield f"lanes      {len(lanes)}, {sum(lane.seq for lane in lanes)} entries, {sum(lane.erased for lane in lanes)} erased, {self.signatures} head signatures"
        for name, count in sorted(self.records.items()):
            yield f"records    {name}: {count}"
        if self.authors:
            yield f"offers     of {len(self.authors)} other personas: signatures fit; whose devices they are, only those key logs say"
        if self.blobs.whole:
            yield f"blobs      {len(self.blobs.whole)}, {self.blobs.bytes} bytes"
        yield f"access log {self.access} lines"


def lines_of(file):
    """The lines of a binary file, none read much beyond LINE_BYTES."""
    return iter(lambda: file.readline(LINE_BYTES + 1), b"")


def read(lines):
    """The export in these lines (bytes), fully checked; Refused carries `line`, counted from 1."""
    export, line = Export(), 0
    try:
        for line, raw in enumerate(lines, 1):
            export.feed(raw)
        export.finish()
    except Refused as refused:
        # What is wrong with a zip as such has no line.
        refused.line = 0 if refused.code in ("bad_zip", "zip_sums") else line
        raise
    return export


def main(arguments):
    if len(arguments) != 1:
        print("usage: python3 spec/reader/pod.py EXPORT.jsonl|EXPORT.zip", file=sys.stderr)
        return 2
    try:
        with open(arguments[0], "rb") as file:
            is_zip = file.read(2) == b"PK"
            file.seek(0)
            export = read(packed.lines_of_zip(arguments[0]) if is_zip else lines_of(file))
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    except Refused as refused:
        print(f"DAMAGED line {refused.line}: {refused}", file=sys.stderr)
        return 1
    print("\n".join(export.summary()))
    print("good")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
