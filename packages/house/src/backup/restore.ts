import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { damaged } from './box.ts';
import { idsAt, pieceAt, readManifest } from './lists.ts';
import type { Place } from './place.ts';
import { makePool } from './pool.ts';
import { PIECE, type FileEntry, type Manifest, type OnBytes } from './types.ts';

const AT_ONCE = 4;

/** The backup of that id, or the newest. Refuses `no_backups`, `backup_unknown`, `backup_damaged`. */
export async function manifestOf(place: Place, id?: string): Promise<Manifest> {
  const wanted = id ?? (await idsAt(place))[0];
  if (wanted === undefined) throw new Refusal('not_found', 'no_backups', 'There are no backups of this house at this place.');
  const manifest = /^[0-9a-f]{20}$/.test(wanted) ? await readManifest(place, wanted) : null;
  if (!manifest) throw new Refusal('not_found', 'backup_unknown', 'There is no such backup at this place.');
  return manifest;
}

/** How many bytes its files have. */
export const bytesOf = ({ files }: Pick<Manifest, 'files'>): number => files.reduce((sum, { size }) => sum + size, 0);

/**
 * Writes all files of a backup into a folder, each held against its hash; on disk when it resolves. `onDamage` hears of a piece that is
 * damaged or missing, and its file is left out; without it, the first one is refused (`backup_damaged`).
 */
export async function restoreFiles(place: Place, manifest: Manifest, folder: string, how: { onBytes: OnBytes; signal: AbortSignal; onDamage?(path: string, piece: string): void }): Promise<void> {
  const of = bytesOf(manifest), pool = makePool(AT_ONCE);
  let done = 0;
  for (const entry of manifest.files) {
    how.signal.throwIfAborted();
    await pool.add(async () => {
      await restoreFile(place, entry, folder, (bytes) => { done += bytes; how.onBytes(done, of); }).catch((error: unknown) => {
        if (!how.onDamage || !(error instanceof Refusal) || error.code !== 'backup_damaged') throw error;
        how.onDamage(entry.path, error.field ?? '');
      });
    });
  }
  await pool.done();
}

async function restoreFile({ at, box }: Place, { path, pieces, hash, size }: FileEntry, folder: string, onPiece: (bytes: number) => void): Promise<void> {
  // The list is encrypted under the key and so the house's own; a name that leads elsewhere is damage all the same.
  if (path.startsWith('/') || path.split('/').some((part) => part === '..' || part === '' || part.includes('\\'))) throw damaged(path);
  const to = join(folder, path);
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const file = await open(to, 'wx', 0o600), whole = createHash('sha256');
  let bytes = 0;
  try {
    for (const name of pieces) {
      const shut = await at.get(pieceAt(name));
      if (!shut) throw damaged(name);
      const piece = await box.open(name, shut, PIECE);
      if (box.nameOf(piece) !== name) throw damaged(name);
      whole.update(piece);
      bytes += piece.length;
      await file.writeFile(piece);
      onPiece(piece.length);
    }
    if (bytes !== size || whole.digest('base64url') !== hash) throw damaged(path);
    await file.datasync();
  } finally { await file.close(); }
}
