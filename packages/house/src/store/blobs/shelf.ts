import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, open, readdir, rename, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { blobAt, isPart, placeOf } from './place.ts';
import { piecesOf } from './pieces.ts';
import { writePart, type Arrived, type Source } from './part.ts';

/** How a blob is received: `meter` as for `writePart`; `keep` notes it in the pod, and has failed if it throws. */
export interface Receiving { meter(bytes: number): void; keep(arrived: Arrived): Promise<void> }

/**
 * The bytes of one pod's blobs. A file is there before the pod says that it has the blob, and goes after the pod has said on
 * disk that it has it no more; so whatever is cut off in between leaves a file that nobody knows, which `tidy` takes away.
 */
export interface Shelf {
  readonly folder: string;
  /** Bytes that are promised to what is under way. */
  incoming: number;
  /** Receives a blob; on disk, name and all, when it resolves. Whatever goes wrong leaves nothing. Errors of the system pass through. */
  receive(source: Source, how: Receiving): Promise<Arrived>;
  /** Opens a blob to be read. Errors of the system pass through. */
  open(blob: string): Promise<FileHandle>;
  /** A blob piece by piece, at once; nothing where it is not there. Errors of the system pass through. */
  pieces(blob: string, size: number): Iterable<Uint8Array>;
  /** Takes away the bytes of those blobs that the pod does not know (any more). */
  forget(blobs: Iterable<string>): void;
  /** Nothing is taken away until the answer is called. */
  hold(): () => void;
  /** Takes away what crashes have left; once, the first time it is asked. */
  tidy(): Promise<void>;
  /** Receives and takes away nothing more: the pod cannot be asked from here on. */
  close(): void;
}

/** `isKnown`: does the pod have a blob of this name, as far as it has been told? */
export function makeShelf(folder: string, isKnown: (blob: string) => boolean): Shelf {
  const pins = makeCounts(), parts = new Set<string>(), due = new Set<string>();
  let held = 0, closed = false, tidied = false, isRooted = false;
  const forget = (blobs: Iterable<string>) => {
    for (const blob of blobs) due.add(blob);
    if (held > 0 || closed) return;
    for (const blob of due) if (!pins.has(blob) && !isKnown(blob)) remove(placeOf(folder, blob));
    due.clear();
  };
  const root = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!isRooted) await syncFolder(dirname(folder));
    isRooted = true;
  };
  const move = async (part: string, blob: string) => {
    const path = placeOf(folder, blob);
    if (closed) throw closing();
    await mkdir(dirname(path), { mode: 0o700 }).catch(unlessThere);
    await rename(part, path);
    await syncFolder(dirname(path));
    await syncFolder(folder);
  };
  return {
    folder, incoming: 0, forget,
    receive: async (source, { meter, keep }) => {
      if (closed) throw closing();
      await root();
      const part = join(folder, `${randomUUID()}.part`);
      parts.add(part);
      try {
        const arrived = await writePart(part, source, meter);
        const unpin = pins.add(arrived.blob);
        try { await move(part, arrived.blob); await keep(arrived); } finally { unpin(); forget([arrived.blob]); }
        return arrived;
      } finally { remove(part); parts.delete(part); }
    },
    open: (blob) => open(placeOf(folder, blob), 'r'),
    pieces: (blob, size) => piecesOf(placeOf(folder, blob), size),
    hold: () => { held++; return () => { held--; forget([]); }; },
    tidy: async () => {
      if (tidied) return;
      tidied = true;
      for (const name of await list(folder)) {
        if (isPart(name)) { if (!parts.has(join(folder, name))) remove(join(folder, name)); continue; }
        if (/^[0-9a-f]{2}$/.test(name)) forget((await list(join(folder, name))).map((file) => blobAt(name, file)).filter((blob) => blob !== null));
      }
    },
    close: () => { closed = true; },
  };
}

const closing = (): Refusal => new Refusal('unavailable', 'closed', 'The house is closing. Nothing was changed.');

// One that cannot be removed now (Windows, while somebody reads it) is taken away at the next start.
function remove(path: string): void {
  try { rmSync(path, { force: true }); } catch { /* see above */ }
}

const list = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** A name is on disk once its folder is. Windows lets nobody open one, and keeps names by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try { await folder.sync(); } finally { await folder.close(); }
}

/** Counts by name; `add` answers how to take it back. */
function makeCounts(): { add(name: string): () => void; has(name: string): boolean } {
  const counts = new Map<string, number>();
  return {
    has: (name) => counts.has(name),
    add: (name) => {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return () => { const left = counts.get(name)! - 1; if (left > 0) counts.set(name, left); else counts.delete(name); };
    },
  };
}
