"""The lines of an export that was packed as a zip (export.md, "As a zip")."""
import hashlib
import json
import re
import struct
import unicodedata
import zipfile
import zlib

from encoding import Refused, base64url, parse, too_deep

PIECE = PART_BYTES = 2**20
JSON_BYTES = 2**22
NEEDED = ("READ-ME.txt", "about.json", "key-log.jsonl", "joined.jsonl", "lanes.jsonl", "access-log.csv", "sums.txt")
FOLDERS = ("contracts/", "media/", "records/")
NULLABLE = ("caller", "audience", "rule", "first", "last")
NUMBERS = ("count", "first", "last")
# What Python says of a zip that is none, of files that cannot be unpacked, and of kinds that it does not know.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, OverflowError)


def line_of(value):
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "surrogatepass")


def is_plain_file(info):
    """Deflated or stored, not encrypted; where a Unix says what it is, a file."""
    kind = info.external_attr >> 16 & 0o170000 if info.create_system in (3, 19) else 0
    return kind in (0, 0o100000) and not info.flag_bits & 0x61 and info.compress_type in (0, 8)


def safe_name(name):
    """A name that leads nowhere else, or None."""
    plain = re.sub(r"^(\./)+", "", name)
    bad = not plain or len(plain) > 1024 or plain.startswith("/") or re.match("[A-Za-z]:", plain) or re.search(r"[\x00-\x1f\x7f\\]", plain)
    return None if bad or ".." in plain.split("/") else plain


class Packed:
    """A zip, known to hold files alone, all of them as sums.txt says."""

    def __init__(self, path):
        try:
            self.zip = zipfile.ZipFile(path)
            self.check_list()
            self.infos = self.files()
            self.check()
        except UNREADABLE as error:
            raise Refused("bad_zip", str(error)) from None

    def check_list(self):
        """The list at the end is as long as it says, and names as many files."""
        file, comment = self.zip.fp, self.zip.comment
        file.seek(-22 - len(comment), 2)
        _, _, _, _, count, size, at, said = struct.unpack("<4s4H2LH", file.read(22))
        if said != len(comment):
            raise zipfile.BadZipFile("its comment is cut off")
        if count == 0xFFFF or 0xFFFFFFFF in (size, at):
            return
        file.seek(at)
        listed, place = file.read(size), 0
        for _ in range(count):
            place += 46 + sum(struct.unpack_from("<3H", listed, place + 28))
        if count != len(self.zip.infolist()) or place != size:
            raise zipfile.BadZipFile("its list says another number of files")

    def files(self):
        found, seen = {}, set()
        for info in self.zip.infolist():
            if info.orig_filename.endswith("/"):
                continue
            name = safe_name(info.orig_filename) if is_plain_file(info) else None
            same = name and unicodedata.normalize("NFC", name).lower()
            if name is None or same in seen:
                raise Refused("bad_zip", "it holds what no export holds")
            seen.add(same)
            found[name] = info
        return found

    def check(self):
        sums = "".join(f"{self.sum_of(name)}  {name}\n" for name in self.infos if name != "sums.txt")
        for name in NEEDED:
            if name not in self.infos:
                raise Refused("bad_zip", f"{name} is missing")
        if b"".join(self.read("sums.txt")) != sums.encode():
            raise Refused("zip_sums")

    def sum_of(self, name):
        digest = hashlib.sha256()
        for piece in self.read(name):
            digest.update(piece)
        # What does not belong there has no sum that fits.
        return digest.hexdigest() if name in NEEDED or name.startswith(FOLDERS) else ""

    def read(self, name):
        """The bytes of a file, piece by piece."""
        info, had = self.infos[name], 0
        with self.zip.open(info) as file:
            while piece := file.read(PIECE):
                had += len(piece)
                yield piece
        if had != info.file_size:
            raise zipfile.BadZipFile("a file of another size than it says")

    def lines(self, name):
        held = b""
        for piece in self.read(name):
            *whole, held = (held + piece).split(b"\n")
            yield from (line + b"\n" for line in whole)
        if held:
            yield held

    def value(self, name):
        if self.infos[name].file_size >= JSON_BYTES:
            raise Refused("bad_zip", f"{name} is too large")
        try:
            value = parse(b"".join(self.read(name)).decode())
        except ValueError as error:
            raise Refused("bad_zip", str(error)) from None
        if not isinstance(value, dict) or too_deep(value):
            raise Refused("bad_zip", f"{name} is no object, or too deep")
        return value

    def under(self, folder):
        return [name for name in self.infos if name.startswith(f"{folder}/")]


def lane_line(raw):
    try:
        value = parse(raw.decode())
    except ValueError:
        return raw
    if not isinstance(value, dict) or value.get("type") != "lane" or too_deep(value) or not raw.endswith(b"\n"):
        return raw
    return line_of({name: inner for name, inner in value.items() if name not in ("seq", "chain")})


def blob_lines(packed, name):
    service, file = name.split("/")[1], name.split("/")[-1]
    parts = -(-packed.infos[name].file_size // PART_BYTES)
    for part, data in enumerate(packed.read(name), 1):
        yield line_of({"type": "blob", "service": service, "blob": file.partition(".")[0], "part": part, "parts": parts, "data": base64url(data)})


def access_value(name, field):
    if field == "" and name in NULLABLE:
        return None
    if name == "refused" and field in ("true", "false"):
        return field == "true"
    return int(field) if name in NUMBERS and re.fullmatch("[0-9]{1,15}", field) else field


def access_lines(packed):
    columns = None
    for raw in packed.lines("access-log.csv"):
        try:
            fields = raw.decode().removesuffix("\n").split(",")
        except ValueError as error:
            raise Refused("bad_zip", str(error)) from None
        if columns is None:
            columns = fields
        else:
            fields += [""] * (len(columns) - len(fields))
            yield line_of({"type": "access", **{name: access_value(name, field) for name, field in zip(columns, fields)}})


def body_lines(packed):
    about = packed.value("about.json")
    if about.pop("type", None) != "commonhold-zip":
        raise Refused("bad_zip", "it does not say what it is")
    yield line_of({"type": "commonhold-export", **about})
    yield from packed.lines("key-log.jsonl")
    for name in packed.under("contracts"):
        _, service, *file = name.split("/")
        yield line_of({"type": "contract", "service": service, "hash": "/".join(file).removesuffix(".json"), "contract": packed.value(name)})
    yield from packed.lines("joined.jsonl")
    for name in packed.under("media"):
        yield from blob_lines(packed, name)
    yield from map(lane_line, packed.lines("lanes.jsonl"))
    for name in packed.under("records"):
        yield from packed.lines(name)
    yield from access_lines(packed)


def lines_of_zip(path):
    """The lines that the export would have, the last one made of what was read; Refused with bad_zip or zip_sums."""
    packed, digest, count = Packed(path), hashlib.sha256(), 0
    for line in body_lines(packed):
        digest.update(line)
        count += 1
        yield line
    yield line_of({"type": "end", "lines": count + 1, "sha256": base64url(digest.digest())})
