import { crc32 } from 'node:zlib';
import { zipOf, type ZipFile } from '../../packages/house/src/archive/index.ts';

const ITEM = 0x02014b50, LOCAL = 0x04034b50;
const LOCAL_BYTES = 30, ITEM_BYTES = 46;

/** Packs files as an export is packed. */
export async function zipped(files: Iterable<ZipFile>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of zipOf(files)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The same bytes, changed in places; `item` is where the n-th file stands in the list at the end. */
export function changed(bytes: Buffer, change: (copy: Buffer, item: (n: number) => number) => void): Buffer {
  const copy = Buffer.from(bytes), four = Buffer.alloc(4);
  four.writeUInt32LE(ITEM);
  change(copy, (n) => {
    let at = -1;
    for (let i = 0; i <= n; i++) at = copy.indexOf(four, at + 1);
    return at;
  });
  return copy;
}

/** A whole zip of one file that says something and so many empty ones, each listed and in its place. */
export function crowded(first: { name: string; text: string }, count: number): Buffer {
  const text = Buffer.from(first.text), names = [Buffer.from(first.name), ...Array.from({ length: count }, (_, i) => Buffer.from(`n${i}`))];
  const letters = names.reduce((sum, { length }) => sum + length, 0);
  const locals = Buffer.alloc(names.length * LOCAL_BYTES + letters + text.length), list = Buffer.alloc(names.length * ITEM_BYTES + letters);
  let at = 0, line = 0;
  for (const [i, name] of names.entries()) {
    const bytes = i === 0 ? text : Buffer.alloc(0);
    locals.writeUInt32LE(LOCAL, at);
    locals.writeUInt16LE(name.length, at + 26);
    name.copy(locals, at + LOCAL_BYTES);
    bytes.copy(locals, at + LOCAL_BYTES + name.length);
    list.writeUInt32LE(ITEM, line);
    list.writeUInt32LE(crc32(bytes), line + 16);
    list.writeUInt32LE(bytes.length, line + 20);
    list.writeUInt32LE(bytes.length, line + 24);
    list.writeUInt16LE(name.length, line + 28);
    list.writeUInt32LE(at, line + 42);
    name.copy(list, line + ITEM_BYTES);
    at += LOCAL_BYTES + name.length + bytes.length;
    line += ITEM_BYTES + name.length;
  }
  return Buffer.concat([locals, list, endOf(names.length, locals.length, list.length)]);
}

function endOf(entries: number, from: number, bytes: number): Buffer {
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  for (const [value, place] of [[entries, 24], [entries, 32], [bytes, 40], [from, 48]] as const) end.writeBigUInt64LE(BigInt(value), place);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(from + bytes), 64);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.fill(0xff, 84, 96);
  return end;
}
