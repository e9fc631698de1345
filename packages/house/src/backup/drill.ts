import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { checkDisk } from '../folder/disk.ts';
import { newerIn } from '../upgrade/format.ts';
import { runApart } from './apart.ts';
import type { Place } from './place.ts';
import { bytesOf, manifestOf, restoreFiles } from './restore.ts';
import type { Drill } from './settings.ts';
import type { OnBytes } from './types.ts';

/** Most lines of what was found that are kept. */
const LINES = 20;
const FOLDER = 'backup.drill';

/**
 * Restores a backup into a folder beside the house, holds every file against its hash and checks all signatures, chains and blobs in it,
 * then throws it away. Damage is told, not refused. Refuses `no_space`, what places refuse, `backup_unknown`.
 */
export async function drill(place: Place, { id, data, now }: { id: string; data: string; now: number }, onBytes: OnBytes, signal: AbortSignal): Promise<Drill & { pieces: string[] }> {
  const folder = join(data, FOLDER), found: string[] = [], pieces: string[] = [];
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  clear();
  try {
    const manifest = await manifestOf(place, id);
    await checkDisk(data, bytesOf(manifest) * 1.1, { spare: 0, say: 'For a drill the disk of the data folder needs as much room as the house has. Make room, then try again.' });
    mkdirSync(folder, { mode: 0o700 });
    await restoreFiles(place, manifest, folder, { onBytes, signal, onDamage: (path, piece) => { found.push(`${path}: a piece is damaged or missing`); pieces.push(piece); } });
    // Whose files are not all there would be called damaged once more.
    if (found.length === 0) found.push(...await verifyApart(folder, onBytes, signal));
    return { id: manifest.id, at: now, ok: found.length === 0, found: found.slice(0, LINES), pieces };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'backup_damaged') throw error;
    return { id, at: now, ok: false, found: [error.message], pieces };
  } finally { clear(); }
}

/** What the check of a restored folder finds, on another thread; one of an older program is brought up to date first. Refuses `newer_data`. */
export function verifyApart(folder: string, onBytes: OnBytes, signal: AbortSignal): Promise<string[]> {
  const newer = newerIn(folder);
  if (newer !== null) throw new Refusal('unavailable', 'newer_data', `This backup was made by a newer Commonhold (${newer}). Nothing was changed. Restore it with that version.`);
  return runApart(new URL('verify-thread.ts', import.meta.url), { folder }, onBytes, signal);
}
