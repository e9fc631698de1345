import { Refusal } from '@commonhold/core';
import { migrate, type Migration } from './migrate.ts';
import { openSqlite, type Sqlite } from './port.ts';
import { schemaSteps, unsound } from './read-only.ts';
import { isDamage } from './storage-refusal.ts';

/**
 * Brings one file up to date while nobody has it open, and looks at it afterwards: sound, and `kept` answers what it answered before.
 * A file that was damaged before stays as it is; whoever opens it says so. Refuses `upgrade_failed`, `newer_data`.
 */
export function upgradeFile(path: string, steps: readonly Migration[], kept: (db: Sqlite) => unknown): void {
  try {
    const db = openSqlite(path, { durability: 'normal' });
    try { upgrade(db, { path, steps, kept }); } finally { db.close(); }
  } catch (error) { if (!isDamage(error)) throw error; }
}

function upgrade(db: Sqlite, { path, steps, kept }: { path: string; steps: readonly Migration[]; kept(db: Sqlite): unknown }): void {
  if (schemaSteps(db) === steps.length || unsound(db) !== null) return;
  const before = JSON.stringify(kept(db));
  try { migrate(db, steps); } catch (cause) {
    if (cause instanceof Refusal || isStorage(cause)) throw cause;
    throw upgradeFailed(`${path}: a step towards this version does not work`, cause);
  }
  const flaw = unsound(db) ?? (JSON.stringify(kept(db)) === before ? null : 'what it must keep is not what it was');
  if (flaw !== null) throw upgradeFailed(`${path}: ${flaw}`);
}

/** SQLITE_IOERR, SQLITE_FULL: the disk's fault, not the step's. */
const DISK = [10, 13];
const isStorage = (error: unknown): boolean => DISK.includes(Number((error as { errcode?: number }).errcode) & 0xff);

/** That a data folder could not be brought up to date, and stands as it stood. */
export const upgradeFailed = (why: string, cause?: unknown): Refusal =>
  new Refusal('unavailable', 'upgrade_failed', `This version could not bring the data folder up to date (${why}). Nothing of it was changed: start the version from before, and tell those who make Commonhold.`, { cause });
