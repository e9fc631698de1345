import { DatabaseSync } from 'node:sqlite';
import { copyFileSync, constants, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { portOver, type Sqlite } from './port.ts';

/**
 * Opens a database file to look at it, without changing a byte of its folder; nobody else may have it open.
 * Where a crash left a write-ahead log, file and log are copied aside, since SQLite could only read them by working the log in.
 * Errors of SQLite pass through, at the latest at the first question.
 */
export function openReadOnly(path: string): Sqlite {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return openCopy(path);
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return guarded(new DatabaseSync(url, { readOnly: true }));
}

function openCopy(path: string): Sqlite {
  const aside = mkdtempSync(join(tmpdir(), `commonhold-look-${process.pid}-`));
  try {
    const copy = join(aside, 'copy.db');
    for (const end of ['', '-wal']) copyFileSync(path + end, copy + end, constants.COPYFILE_FICLONE);
    const port = guarded(new DatabaseSync(copy));
    const close = () => { port.close(); rmSync(aside, { recursive: true, force: true }); };
    return Object.assign(Object.create(port) as Sqlite, { close });
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
}

function guarded(db: DatabaseSync): Sqlite {
  // A file whose schema somebody tampered with shall run nothing of its own.
  try { db.exec('PRAGMA trusted_schema=OFF; PRAGMA query_only=ON;'); } catch (error) { db.close(); throw error; }
  return portOver(db);
}

/** What is wrong with a file as SQLite sees it, in its words (never of what rows hold), or null. */
export function unsound(db: Sqlite): string | null {
  const said = db.prepare<{ integrity_check: string }>('PRAGMA integrity_check(1)').get()?.integrity_check;
  if (said !== 'ok') return said ?? 'no answer';
  const dangling = db.prepare<{ table: string }>('PRAGMA foreign_key_check').get();
  return dangling ? `a row of ${dangling.table} names what is not there` : null;
}

/** How many steps of a schema this file has had (`user_version`). */
export const schemaSteps = (db: Sqlite): number => db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
