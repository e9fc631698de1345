import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { entropyOf, recoverySeed, Refusal, type Suite } from '@commonhold/core';
import { checkDisk } from '../folder/disk.ts';
import { markWhole, RESTORED } from './adopt.ts';
import { verifyApart } from './drill.ts';
import { idsAt, readSummary } from './lists.ts';
import { findPlace, type Opener } from './place.ts';
import { bytesOf, manifestOf, restoreFiles } from './restore.ts';
import { checkTarget, openTarget } from './settings.ts';
import type { TargetWish } from './target/target.ts';
import type { OnBytes, Summary } from './types.ts';

/** How far a restore is: fetching what was saved, or checking what has come. */
export type OnRestore = (done: number, of: number, words: 'fetching' | 'checking') => void;

/** Words of a house as an opener. Refuses `bad_words`. */
export function openerOf(words: readonly string[]): Opener {
  const entropy = entropyOf([...words]);
  if (!entropy.ok) throw new Refusal('invalid', 'bad_words', 'These are not 24 recovery words. Look for a word that is misspelt or out of its place.', { field: 'words' });
  return { seed: recoverySeed(entropy.value) };
}

/** The backups that a key opens, the newest first. Refuses `bad_target`, `no_backups`, `wrong_key`, what the place refuses. */
export async function backupsFor(suite: Suite, data: string, wish: TargetWish, opener: Opener): Promise<Summary[]> {
  checkTarget(wish, data);
  const place = await findPlace(suite, openTarget(wish), opener), found: Summary[] = [];
  for (const id of await idsAt(place)) { const summary = await readSummary(place, id).catch(() => null); if (summary) found.push(summary); }
  if (found.length === 0) throw new Refusal('not_found', 'no_backups', 'There are no backups of this house at this place.');
  return found;
}

/**
 * Restores a whole house into a data folder, for the next start to take in: every file held against its hash, then every signature, chain
 * and blob checked. Until then nothing of the folder changes, and what fails or is cut off leaves it as it was. Refuses what `backupsFor`
 * refuses, `backup_damaged`, `no_space`.
 */
export async function restoreHouse(suite: Suite, { data, wish, opener, id }: { data: string; wish: TargetWish; opener: Opener; id?: string | undefined }, progress: OnRestore, signal: AbortSignal): Promise<{ at: number; files: number; bytes: number }> {
  checkTarget(wish, data);
  const place = await findPlace(suite, openTarget(wish), opener), manifest = await manifestOf(place, id);
  const folder = join(data, RESTORED), bytes = bytesOf(manifest);
  await checkDisk(data, bytes * 1.1, { spare: 0, say: 'The disk of the data folder has not enough room for this house. Make room, then try again.' });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  try {
    const tell = (words: 'fetching' | 'checking'): OnBytes => (done, of) => progress(done, of, words);
    await restoreFiles(place, manifest, folder, { onBytes: tell('fetching'), signal });
    const found = await verifyApart(folder, tell('checking'), signal);
    for (const tail of ['lock.db', 'house.lock']) rmSync(join(folder, tail), { force: true });
    if (found.length > 0) throw new Refusal('unavailable', 'backup_damaged', `What was restored is not sound (${found[0]!}). Restore an older backup.`);
    markWhole(data);
  } catch (error) { rmSync(folder, { recursive: true, force: true }); throw error; }
  return { at: manifest.at, files: manifest.files.length, bytes };
}
