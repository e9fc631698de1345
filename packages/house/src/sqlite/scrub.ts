import { createReadStream, existsSync } from 'node:fs';
import type { Sqlite } from './port.ts';

/**
 * Sees to it that none of these texts or bytes is in a database's files any more, after the rows that held them went: empties the log, looks, and
 * writes the file anew where a free place still has one. Quick where there is nothing; a file of some megabytes holds up the house briefly.
 */
export async function scrub(db: Sqlite, sought: readonly (string | Uint8Array)[]): Promise<void> {
  const [path = ''] = db.ask<{ file: string }>('PRAGMA database_list').map(({ file }) => file);
  empty(db);
  if (!(await holds(path, sought)) && !(await holds(`${path}-wal`, sought))) return;
  db.exec('VACUUM');
  empty(db);
}

const empty = (db: Sqlite): void => { db.ask('PRAGMA wal_checkpoint(TRUNCATE)'); };

/** Whether a file has one of these texts or bytes anywhere in its bytes. */
export async function holds(path: string, texts: readonly (string | Uint8Array)[]): Promise<boolean> {
  if (!existsSync(path)) return false;
  const sought = texts.map((text) => Buffer.from(text));
  const most = Math.max(0, ...sought.map(({ length }) => length));
  let before: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    const piece = Buffer.concat([before, chunk]);
    if (sought.some((one) => piece.includes(one))) return true;
    before = piece.subarray(Math.max(0, piece.length - most));
  }
  return false;
}
