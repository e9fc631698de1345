import { once } from 'node:events';
import { crc32, createInflateRaw } from 'node:zlib';
import { makeNameBook, type NameBook } from './names.ts';
import { bomb, damaged, tooMany } from './refusals.ts';
import type { Source } from './source.ts';
import { nameText } from './text.ts';
import type { Archive, ArchiveEntry, ArchiveLimits } from './types.ts';

const END = 0x06054b50, END64 = 0x06064b50, PLACE64 = 0x07064b50, ITEM = 0x02014b50, LOCAL = 0x04034b50;
const END_BYTES = 22, ITEM_BYTES = 46, LOCAL_BYTES = 30;
const FULL16 = 0xffff, FULL32 = 0xffffffff;
const LOOKED_AT = 16 * 2 ** 20;

interface Directory { at: number; bytes: number; entries: number }
interface Packed { name: Buffer; flags: number; method: number; crc: number; packed: number; bytes: number; at: number; mode: number; made: number; version: number }

/**
 * Opens a zip (APPNOTE 6.3, zip64 with it): its directory is read whole and checked, files are unpacked when they are read.
 * Refuses `archive_damaged`, `archive_too_many`, `archive_bomb` (also where two files share bytes).
 */
export async function openZip(source: Source, limits: ArchiveLimits): Promise<Archive> {
  const directory = await findDirectory(source);
  if (directory.entries > limits.entries || directory.bytes > limits.directory) throw tooMany(limits.entries);
  const names = makeNameBook();
  const found: { item: Packed; name: string | null }[] = [];
  const text = await source.read(directory.at, directory.bytes);
  let total = 0;
  for (let at = 0; at < text.length && found.length <= directory.entries;) {
    const { item, next } = itemAt(text, at);
    at = next;
    if (item.at + LOCAL_BYTES + item.packed > directory.at) throw damaged('one of its files is not where it should be.');
    total += item.bytes;
    if (total > limits.total || isBomb(item.bytes, item.packed, limits.ratio)) throw bomb();
    found.push({ item, name: nameOf(item, names) });
    if (found.length % 4096 === 0) await new Promise(setImmediate);
  }
  if (found.length !== directory.entries) throw damaged('its list of files says another number than it has.');
  checkApart(found.map(({ item }) => item));
  return {
    entries: found.flatMap(({ item, name }) => (name === null ? [] : [entryOf(source, item, name)])),
    leftOut: names.leftOut,
    close: () => source.close(),
  };
}

const isBomb = (bytes: number, packed: number, ratio: number): boolean => bytes > LOOKED_AT && bytes > packed * ratio;

// One place that is unpacked under many names: as small as a zip bomb can be made.
function checkApart(items: readonly Packed[]): void {
  let end = 0;
  for (const { at, packed, name } of [...items].sort((one, other) => one.at - other.at)) {
    if (at < end) throw bomb();
    end = at + LOCAL_BYTES + name.length + packed;
  }
}

async function findDirectory(source: Source): Promise<Directory> {
  const from = Math.max(0, source.size - END_BYTES - FULL16);
  const tail = await source.read(from, source.size - from);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) > tail.length) continue;
    const plain = { entries: tail.readUInt16LE(at + 10), bytes: tail.readUInt32LE(at + 12), at: tail.readUInt32LE(at + 16) };
    const isLarge = plain.entries === FULL16 || plain.bytes === FULL32 || plain.at === FULL32;
    const found = isLarge ? await largeDirectory(source, from + at) ?? plain : plain;
    if (found.at + found.bytes > from + at) throw damaged('its list of files is cut off.');
    return found;
  }
  throw damaged('its end is missing.');
}

async function largeDirectory(source: Source, end: number): Promise<Directory | null> {
  if (end < 20) return null;
  const place = await source.read(end - 20, 20);
  if (place.readUInt32LE(0) !== PLACE64) return null;
  const record = await source.read(number64(place, 8), 56);
  if (record.readUInt32LE(0) !== END64) throw damaged('its end cannot be read.');
  return { entries: number64(record, 32), bytes: number64(record, 40), at: number64(record, 48) };
}

function number64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('it has a number that cannot be.');
  return Number(value);
}

function itemAt(text: Buffer, at: number): { item: Packed; next: number } {
  if (at + ITEM_BYTES > text.length || text.readUInt32LE(at) !== ITEM) throw damaged('its list of files cannot be read.');
  const nameEnd = at + ITEM_BYTES + text.readUInt16LE(at + 28);
  const extraEnd = nameEnd + text.readUInt16LE(at + 30);
  const next = extraEnd + text.readUInt16LE(at + 32);
  if (next > text.length) throw damaged('its list of files is cut off.');
  const item: Packed = {
    name: text.subarray(at + ITEM_BYTES, nameEnd), flags: text.readUInt16LE(at + 8), method: text.readUInt16LE(at + 10), crc: text.readUInt32LE(at + 16),
    packed: text.readUInt32LE(at + 20), bytes: text.readUInt32LE(at + 24), at: text.readUInt32LE(at + 42), mode: text.readUInt32LE(at + 38) >>> 16, made: text[at + 5]!, version: text[at + 6]!,
  };
  return { item: enlarged(item, text.subarray(nameEnd, extraEnd)), next };
}

// Numbers that do not fit stand in an extra field, in this order, only those that did not fit.
function enlarged(item: Packed, extra: Buffer): Packed {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let from = 0;
    const take = (value: number): number => {
      if (value !== FULL32) return value;
      if (from + 8 > field.length) throw damaged('its list of files cannot be read.');
      from += 8;
      return number64(field, from - 8);
    };
    const bytes = take(item.bytes);
    const packed = take(item.packed);
    return { ...item, bytes, packed, at: take(item.at) };
  }
  return item;
}

const TYPE = 0o170000, FILE = 0o100000, LINK = 0o120000;

// What a zip of a later version than 6.3, or one that is made of changes to another, holds, nobody here can tell.
const NEWEST = 63, PATCHED = 1 << 5, ENCRYPTED = (1 << 0) | (1 << 6);

function nameOf({ name: raw, flags, method, mode, made, version }: Packed, names: NameBook): string | null {
  const name = nameText(raw);
  if (name.endsWith('/')) return null;
  // Only what was made on a Unix says what kind of file it is.
  const type = made === 3 || made === 19 ? mode & TYPE : 0;
  if (type === LINK) { names.leave(name, 'link'); return null; }
  if (type !== 0 && type !== FILE) { names.leave(name, 'special'); return null; }
  if ((flags & ENCRYPTED) !== 0) { names.leave(name, 'encrypted'); return null; }
  if ((method !== 0 && method !== 8) || (flags & PATCHED) !== 0 || version > NEWEST) { names.leave(name, 'method'); return null; }
  return names.take(name);
}

function entryOf(source: Source, item: Packed, name: string): ArchiveEntry {
  return { name, bytes: item.bytes, read: () => unpacked(source, item) };
}

async function* unpacked(source: Source, item: Packed): AsyncGenerator<Uint8Array> {
  const head = await source.read(item.at, LOCAL_BYTES + item.name.length);
  if (head.readUInt32LE(0) !== LOCAL) throw damaged('one of its files is not where it should be.');
  // Otherwise what one program unpacks under a name, another would under another.
  if (head.readUInt16LE(26) !== item.name.length || !head.subarray(LOCAL_BYTES).equals(item.name)) throw damaged('one of its files has two names.');
  const from = item.at + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
  const pieces = source.pieces(from, from + item.packed);
  let had = 0;
  let sum = 0;
  for await (const piece of item.method === 0 ? pieces : inflated(pieces)) {
    had += piece.length;
    if (had > item.bytes) throw bomb();
    sum = crc32(piece, sum);
    yield piece;
  }
  if (had !== item.bytes || sum !== item.crc) throw damaged('one of its files is not what it was when it was packed.');
}

async function* inflated(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw();
  const feed = async (): Promise<void> => {
    for await (const piece of pieces) if (!inflate.write(piece)) await once(inflate, 'drain');
    inflate.end();
  };
  const fed = feed().catch((error: unknown) => { inflate.destroy(error as Error); });
  try { for await (const piece of inflate) yield piece as Buffer; } catch (error) {
    throw isZlib(error) ? damaged('one of its files cannot be unpacked.', error) : error;
  } finally {
    inflate.destroy();
    await fed;
  }
}

const isZlib = (error: unknown): boolean => /^(Z_|ERR_|UND_)/.test(String((error as { code?: unknown }).code ?? ''));
