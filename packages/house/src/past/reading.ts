import { isObject, type JsonObject } from '@commonhold/core';
import type { ArchiveEntry } from '../archive/index.ts';

const MOST_WHOLE = 2 ** 20;

/** A small JSON file of an archive, whole; what stands before its first bracket is passed over. Null where it is no object or list of one. */
export async function readWhole(entry: ArchiveEntry): Promise<JsonObject | null> {
  if (entry.bytes > MOST_WHOLE) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of entry.read()) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  try {
    const value: unknown = JSON.parse(text.slice(Math.max(0, text.search(/[[{]/))));
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return isObject(first) ? first : null;
  } catch { return null; }
}

/** The bytes of a file, told as they are read. */
export async function* counted(entry: ArchiveEntry, onBytes: (done: number) => void = () => {}, from = 0): AsyncGenerator<Uint8Array> {
  let done = from;
  for await (const piece of entry.read()) {
    yield piece;
    done += piece.length;
    onBytes(done);
  }
}
