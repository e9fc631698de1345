import { open, type FileHandle } from 'node:fs/promises';
import { damaged } from './refusals.ts';

/** A file that is read here and there. */
export interface Source {
  readonly size: number;
  /** Exactly these bytes. Refuses `archive_damaged` where there are fewer. */
  read(at: number, length: number): Promise<Buffer>;
  /** The bytes from `at` to `end`, piece by piece. */
  pieces(at: number, end: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

const PIECE = 64 * 1024;

/** Opens a file to be read here and there. */
export async function openSource(path: string): Promise<Source> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const read = (at: number, length: number): Promise<Buffer> => readExactly(file, size, at, length);
  return {
    size,
    read,
    pieces: async function* pieces(at, end) {
      for (let from = at; from < end; from += PIECE) yield await read(from, Math.min(PIECE, end - from));
    },
    close: () => file.close(),
  };
}

async function readExactly(file: FileHandle, size: number, at: number, length: number): Promise<Buffer> {
  if (at < 0 || length < 0 || at + length > size) throw damaged('it ends too early.');
  const bytes = Buffer.allocUnsafe(length);
  let had = 0;
  while (had < length) {
    const { bytesRead } = await file.read(bytes, had, length - had, at + had);
    if (bytesRead === 0) throw damaged('it ends too early.');
    had += bytesRead;
  }
  return bytes;
}
