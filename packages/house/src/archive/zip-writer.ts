import { crc32, deflateRaw } from 'node:zlib';
import { promisify } from 'node:util';
import { Refusal } from '@commonhold/core';

/** A file to be packed; `stored`: its bytes as they are, for what is packed already. */
export interface ZipFile { name: string; bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>; stored?: boolean }

interface Packed { name: Buffer; method: number; crc: number; packed: number; bytes: number; at: number }

const deflate = promisify(deflateRaw) as (bytes: Uint8Array, options: object) => Promise<Buffer>;
const FULL16 = 0xffff, FULL32 = 0xffffffff;
// UTF-8 names; sizes after the bytes. All files are of one day: when they were packed says nothing about them.
const FLAGS = 0x0808, DAY = (46 << 9) | (1 << 5) | 1;
const BLOCK = 256 * 1024;

/**
 * Packs files into one zip as they come, in bounded memory: names and places alone are kept until the end. Ends in zip64 where it must.
 * Refuses `zip_file_too_big` (4 GiB).
 */
export async function* zipOf(files: Iterable<ZipFile> | AsyncIterable<ZipFile>): AsyncGenerator<Buffer> {
  const packed: Packed[] = [];
  let at = 0;
  for await (const { name, bytes, stored = false } of files) {
    const item: Packed = { name: Buffer.from(name), method: stored ? 0 : 8, crc: 0, packed: 0, bytes: 0, at };
    for await (const piece of fileOf(item, bytes)) { at += piece.length; yield piece; }
    packed.push(item);
  }
  yield* endOf(packed, at);
}

async function* fileOf(item: Packed, bytes: ZipFile['bytes']): AsyncGenerator<Buffer> {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  common(head, item, 4);
  yield Buffer.concat([head, item.name]);
  const pack = item.method === 0 ? same : deflated;
  for await (const piece of pack(counted(item, bytes))) { item.packed += piece.length; yield piece; }
  if (item.bytes >= FULL32 || item.packed >= FULL32) throw new Refusal('too_big', 'zip_file_too_big', `${item.name.toString()} is more than fits into a zip.`);
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  sizes(tail, item, 4);
  yield tail;
}

function common(head: Buffer, { method, name }: Packed, at: number): void {
  head.writeUInt16LE(20, at);
  head.writeUInt16LE(FLAGS, at + 2);
  head.writeUInt16LE(method, at + 4);
  head.writeUInt16LE(DAY, at + 8);
  head.writeUInt16LE(name.length, at + 22);
}

function sizes(into: Buffer, { crc, packed, bytes }: Packed, at: number): void {
  into.writeUInt32LE(crc, at);
  into.writeUInt32LE(packed, at + 4);
  into.writeUInt32LE(bytes, at + 8);
}

async function* counted(item: Packed, bytes: ZipFile['bytes']): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    item.crc = crc32(piece, item.crc);
    item.bytes += piece.length;
    yield piece;
  }
}

async function* same(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
}

// Block by block: each ends on a whole byte, so that they can stand one after the other; the last says that it is the last.
async function* deflated(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const level = { level: 6, finishFlush: 2 /* Z_SYNC_FLUSH */ };
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes < BLOCK) continue;
    yield await deflate(Buffer.concat(held), level);
    held = [];
    bytes = 0;
  }
  yield await deflate(Buffer.concat(held), { level: 6 });
}

function* endOf(items: readonly Packed[], from: number): Iterable<Buffer> {
  let at = from;
  for (const item of items) {
    const line = listed(item);
    at += line.length;
    yield line;
  }
  const isLarge = items.length >= FULL16 || at >= FULL32;
  if (isLarge) yield largeEnd(items.length, from, at);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(items.length, FULL16), 8);
  end.writeUInt16LE(Math.min(items.length, FULL16), 10);
  end.writeUInt32LE(Math.min(at - from, FULL32), 12);
  end.writeUInt32LE(isLarge ? FULL32 : from, 16);
  yield end;
}

function listed(item: Packed): Buffer {
  const isFar = item.at >= FULL32;
  const line = Buffer.alloc(46);
  line.writeUInt32LE(0x02014b50, 0);
  // Made on a Unix: a plain file that its owner reads and writes.
  line.writeUInt16LE((3 << 8) | (isFar ? 45 : 20), 4);
  common(line, item, 6);
  sizes(line, item, 16);
  line.writeUInt16LE(isFar ? 12 : 0, 30);
  line.writeUInt32LE((0o100600 << 16) >>> 0, 38);
  line.writeUInt32LE(isFar ? FULL32 : item.at, 42);
  if (!isFar) return Buffer.concat([line, item.name]);
  const far = Buffer.alloc(12);
  far.writeUInt16LE(1, 0);
  far.writeUInt16LE(8, 2);
  far.writeBigUInt64LE(BigInt(item.at), 4);
  return Buffer.concat([line, item.name, far]);
}

function largeEnd(entries: number, from: number, at: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE((3 << 8) | 45, 12);
  end.writeUInt16LE(45, 14);
  for (const [value, place] of [[entries, 24], [entries, 32], [at - from, 40], [from, 48]] as const) end.writeBigUInt64LE(BigInt(value), place);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(at), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
