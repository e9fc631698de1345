import { renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal } from '@commonhold/core';
import { openSqlite, type Sqlite, type SqliteOptions } from './port.ts';
import { isDamage } from './storage-refusal.ts';

/** Opens a file that must be whole, looks at each of its pages, and begins it. Refuses `file_damaged`, and says which. */
export function openSound(path: string, options: SqliteOptions): Sqlite {
  try { return opened(path, options, true, (db) => db); } catch (error) {
    if (!isDamage(error)) throw error;
    throw new Refusal('unavailable', 'file_damaged', `The file ${path} is damaged. Keep a copy of the data folder as it is, then put ${basename(path)} back from a backup.`, { cause: error });
  }
}

/** What to do with a file that can be begun anew. */
export interface Renewal<T> {
  /** Whether to look at each page, as after a crash; what cannot be opened at all is found anyway. */
  look: boolean;
  /** Where the damaged file is kept, if that is worth anything. */
  aside?: string;
  /** Brings the file up to date, and answers what is to stand on it. */
  begin(db: Sqlite): T;
  /** Hears that it was begun anew. */
  renewed(cause: unknown): void;
}

/** Opens a file that the house can do without; a damaged one is set aside or removed, and begun anew. Answers what `begin` did. */
export function openOrRenew<T>(path: string, options: SqliteOptions, { look, aside, begin, renewed }: Renewal<T>): T {
  try { return opened(path, options, look, begin); } catch (error) {
    if (!isDamage(error)) throw error;
    if (aside !== undefined) renameSync(path, aside);
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    renewed(error);
    return opened(path, options, false, begin);
  }
}

function opened<T>(path: string, options: SqliteOptions, look: boolean, begin: (db: Sqlite) => T): T {
  const db = openSqlite(path, options);
  try {
    if (look) lookAt(db);
    return begin(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function lookAt(db: Sqlite): void {
  const said = db.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check;
  if (said !== 'ok') throw Object.assign(new RangeError(said ?? 'no answer'), { errcode: CORRUPT });
}

/** SQLITE_CORRUPT, as SQLite itself would say. */
const CORRUPT = 11;
