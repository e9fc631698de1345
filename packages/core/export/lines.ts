import { LINE_LIMITS } from './json.ts';

const NEWLINE = 10;

/**
 * The lines of a file that comes in pieces, each with its U+000A; the last may lack it. A line beyond LINE_LIMITS is given out
 * cut off, without its end, and is the last: memory stays bounded, and no reader takes it for a line.
 */
export async function* linesOf(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
      yield joined(held, piece.subarray(from, end + 1));
      held = [];
      size = 0;
      from = end + 1;
    }
    if (from === piece.length) continue;
    held.push(piece.slice(from));
    size += piece.length - from;
    if (size > LINE_LIMITS.bytes) break;
  }
  if (held.length > 0) yield joined(held, new Uint8Array());
}

function joined(held: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  if (held.length === 0) return last;
  const out = new Uint8Array(held.reduce((sum, part) => sum + part.length, last.length));
  let at = 0;
  for (const part of [...held, last]) { out.set(part, at); at += part.length; }
  return out;
}
