"""The lines of an export that was packed as a zip (export.md, "As a zip")."""
import csv
import hashlib
import io
import json
import zipfile

from encoding import Refused, base64url

PART_BYTES = 2**20
NULLABLE = ("caller", "audience", "rule", "first", "last")
NUMBERS = ("count", "first", "last")


def line_of(value):
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


class Packed:
    """A zip, whose files are summed as they are read."""

    def __init__(self, path):
        try:
            self.zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise Refused("bad_zip", str(error)) from None
        self.names = [info.filename for info in self.zip.infolist()]
        self.sums = {}

    def read(self, name):
        """The bytes of a file, piece by piece."""
        if name not in self.names:
            raise Refused("bad_zip", f"{name} is missing")
        digest = hashlib.sha256()
        with self.zip.open(name) as file:
            while piece := file.read(PART_BYTES):
                digest.update(piece)
                yield piece
        self.sums[name] = digest.hexdigest()

    def lines(self, name):
        held = b""
        for piece in self.read(name):
            *whole, held = (held + piece).split(b"\n")
            yield from (line + b"\n" for line in whole)
        if held:
            yield held

    def value(self, name):
        try:
            value = json.loads(b"".join(self.read(name)))
        except ValueError as error:
            raise Refused("bad_zip", str(error)) from None
        if not isinstance(value, dict):
            raise Refused("bad_zip", f"{name} is no object")
        return value

    def under(self, folder):
        return [name for name in self.names if name.startswith(f"{folder}/")]

    def check(self):
        if "sums.txt" not in self.names:
            raise Refused("bad_zip", "sums.txt is missing")
        said = b"".join(self.zip.open("sums.txt")).decode()
        have = "".join(f"{self.sums.get(name, '')}  {name}\n" for name in self.names if name != "sums.txt")
        if said != have:
            raise Refused("zip_sums")


def lane_line(raw):
    try:
        value = json.loads(raw)
    except ValueError:
        return raw
    if not isinstance(value, dict) or value.get("type") != "lane":
        return raw
    return line_of({name: inner for name, inner in value.items() if name not in ("seq", "chain")})


def blob_lines(packed, name):
    _, service, *_, file = name.split("/")
    parts = -(-packed.zip.getinfo(name).file_size // PART_BYTES)
    for part, data in enumerate(packed.read(name), 1):
        yield line_of({"type": "blob", "service": service, "blob": file.rsplit(".", 1)[0], "part": part, "parts": parts, "data": base64url(data)})


def access_value(name, field):
    if field == "" and name in NULLABLE:
        return None
    if name == "refused":
        return field == "true"
    return int(field) if name in NUMBERS else field


def access_lines(packed):
    text = b"".join(packed.read("access-log.csv")).decode()
    columns, *rows = list(csv.reader(io.StringIO(text))) or [[]]
    for row in rows:
        yield line_of({"type": "access", **{name: access_value(name, field) for name, field in zip(columns, row)}})


def body_lines(packed):
    about = packed.value("about.json")
    if about.pop("type", None) != "commonhold-zip":
        raise Refused("bad_zip", "it does not say what it is")
    yield line_of({"type": "commonhold-export", **about})
    yield from packed.lines("key-log.jsonl")
    for name in packed.under("contracts"):
        _, service, file = name.split("/")
        yield line_of({"type": "contract", "service": service, "hash": file.removesuffix(".json"), "contract": packed.value(name)})
    yield from packed.lines("joined.jsonl")
    for name in packed.under("media"):
        yield from blob_lines(packed, name)
    yield from map(lane_line, packed.lines("lanes.jsonl"))
    for name in packed.under("records"):
        yield from packed.lines(name)
    yield from access_lines(packed)
    for _ in packed.read("READ-ME.txt"):
        pass


def lines_of_zip(path):
    """The lines that the export would have, the last one made of what was read; Refused with bad_zip or zip_sums."""
    packed, digest, count = Packed(path), hashlib.sha256(), 0
    try:
        for line in body_lines(packed):
            digest.update(line)
            count += 1
            yield line
    except (zipfile.BadZipFile, ValueError) as error:
        raise error if isinstance(error, Refused) else Refused("bad_zip", str(error))
    packed.check()
    yield line_of({"type": "end", "lines": count + 1, "sha256": base64url(digest.digest())})
