import { makeNameBook, type NameBook } from './names.ts';
import { bomb, damaged, tooMany } from './refusals.ts';
import type { Source } from './source.ts';
import { nameText } from './text.ts';
import type { Archive, ArchiveEntry, ArchiveLimits } from './types.ts';

const BLOCK = 512;
const MOST_LONG = 64 * 1024;

/** What a header beside says of the file that follows. */
interface Beside { path?: string; size?: number }
interface Header { name: string; bytes: number; type: string }

/**
 * Opens a tar that lies unpacked on the disk (POSIX ustar and pax, and the long names of GNU): its headers are read, files when they
 * are asked for. Refuses `archive_damaged`, `archive_too_many`, `archive_bomb`.
 */
export async function openTar(source: Source, limits: ArchiveLimits): Promise<Archive> {
  const names = makeNameBook();
  const entries: ArchiveEntry[] = [];
  let total = 0;
  for await (const { header, from } of filesOf(source, limits)) {
    total += header.bytes;
    if (total > limits.total) throw bomb();
    if (from + header.bytes > source.size) throw damaged('it ends in the middle of a file.');
    const name = nameOf(header, names);
    if (name !== null) entries.push({ name, bytes: header.bytes, read: () => source.pieces(from, from + header.bytes) });
    if (entries.length > limits.entries) throw tooMany(limits.entries);
  }
  if (entries.length === 0 && names.leftOut.length === 0) throw damaged('there is no file in it.');
  return { entries, leftOut: names.leftOut, close: () => source.close() };
}

// Every header with where its bytes begin; what stands beside a file, in a header of its own, is in it already.
async function* filesOf(source: Source, limits: ArchiveLimits): AsyncGenerator<{ header: Header; from: number }> {
  let beside: Beside = {};
  for (let at = 0, count = 0; at + BLOCK <= source.size; count++) {
    const header = headerOf(await source.read(at, BLOCK));
    if (!header) return;
    if (count > limits.entries * 2) throw tooMany(limits.entries);
    const from = at + BLOCK;
    const isBeside = 'xgLK'.includes(header.type);
    const bytes = isBeside ? header.bytes : beside.size ?? header.bytes;
    if (!isBeside) yield { header: { type: header.type, bytes, name: beside.path ?? header.name }, from };
    if (header.type !== 'g') beside = isBeside ? { ...beside, ...await besideOf(source, header, from) } : {};
    at = from + padded(bytes);
  }
}

const padded = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK;

function nameOf({ name, type }: Header, names: NameBook): string | null {
  if (type === '5' || name.endsWith('/')) return null;
  if (type === '1' || type === '2') { names.leave(name, 'link'); return null; }
  if (type !== '0' && type !== '7') { names.leave(name, 'special'); return null; }
  return names.take(name);
}

// Null: the end, a block of zeros.
function headerOf(block: Buffer): Header | null {
  if (block.every((byte) => byte === 0)) return null;
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i]!;
  if (numberAt(block, 148, 8) !== sum) throw damaged('the beginning of one of its files cannot be read.');
  const isPosix = block.toString('latin1', 257, 262) === 'ustar';
  const folder = isPosix && block[263] === 0x30 ? textAt(block, 345, 155) : '';
  const name = textAt(block, 0, 100);
  const type = block[156] === 0 ? '0' : String.fromCharCode(block[156]!);
  return { name: folder === '' ? name : `${folder}/${name}`, bytes: type === '5' ? 0 : numberAt(block, 124, 12), type };
}

function textAt(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return nameText(end < 0 ? field : field.subarray(0, end));
}

// Octal digits; or, for what is too large for them, a number of bytes behind a mark.
function numberAt(block: Buffer, at: number, length: number): number {
  if ((block[at]! & 0x80) !== 0) {
    let value = 0;
    for (let i = at + 1; i < at + length; i++) value = value * 256 + block[i]!;
    if (!Number.isSafeInteger(value)) throw damaged('it has a number that cannot be.');
    return value;
  }
  const text = block.toString('latin1', at, at + length).replaceAll('\0', ' ').trim();
  if (!/^[0-7]*$/.test(text)) throw damaged('the beginning of one of its files cannot be read.');
  return text === '' ? 0 : Number.parseInt(text, 8);
}

async function besideOf(source: Source, { type, bytes }: Header, from: number): Promise<Beside> {
  if (bytes > MOST_LONG) throw damaged('the name of one of its files is too long.');
  const text = await source.read(from, bytes);
  if (type === 'L') return { path: textAt(text, 0, bytes) };
  return type === 'K' ? {} : paxOf(text);
}

// Lines of `<length> <key>=<value>\n`, the length that of the whole line.
function paxOf(text: Buffer): Beside {
  const found: Beside = {};
  for (let at = 0; at < text.length;) {
    const space = text.indexOf(0x20, at);
    const length = Number(text.toString('latin1', at, space < 0 ? at : space));
    if (!Number.isSafeInteger(length) || length < 5 || at + length > text.length) throw damaged('the name of one of its files cannot be read.');
    const line = text.subarray(space + 1, at + length - 1);
    const equals = line.indexOf(0x3d);
    const key = line.toString('latin1', 0, Math.max(0, equals));
    const value = line.subarray(equals + 1);
    if (key === 'path') found.path = nameText(value);
    if (key === 'size') found.size = sizeOf(value.toString('latin1'));
    at += length;
  }
  return found;
}

function sizeOf(text: string): number {
  const size = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(size)) throw damaged('it has a number that cannot be.');
  return size;
}
