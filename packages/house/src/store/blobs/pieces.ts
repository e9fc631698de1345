import { closeSync, openSync, readSync } from 'node:fs';

/** The bytes of a file, so many at a time, as they are wanted; nothing for a file that is not there. Errors of the system pass through. */
export function* piecesOf(path: string, size: number): Iterable<Uint8Array> {
  const file = opened(path);
  if (file === null) return;
  try {
    for (let piece = read(file, size); piece.length > 0; piece = read(file, size)) yield piece;
  } finally { closeSync(file); }
}

function opened(path: string): number | null {
  try { return openSync(path, 'r'); } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

// A system may give less than it is asked for.
function read(file: number, size: number): Uint8Array {
  const piece = Buffer.allocUnsafe(size);
  let at = 0;
  for (let n = -1; n !== 0 && at < size; at += n) n = readSync(file, piece, at, size - at, null);
  return piece.subarray(0, at);
}
