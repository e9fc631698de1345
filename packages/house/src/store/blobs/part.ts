import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

/** Bytes as they come. */
export type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** What came: its name (SHA-256 as base64url) and how many bytes it has. */
export interface Arrived { blob: string; bytes: number }

/**
 * Writes what comes into a new file, hashing it on the way, and returns when it is on disk; never holds more than one piece.
 * `meter` hears the count of bytes before each piece is written, and ends it by throwing. Errors pass through.
 */
export async function writePart(path: string, source: Source, meter: (bytes: number) => void): Promise<Arrived> {
  const file = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of source) {
      bytes += piece.length;
      meter(bytes);
      hash.update(piece);
      await writeAll(file, piece);
    }
    await file.datasync();
    return { blob: hash.digest('base64url'), bytes };
  } finally { await file.close(); }
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) at += (await file.write(piece, at, piece.length - at)).bytesWritten;
}
