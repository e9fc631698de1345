/* The thread of `apart.ts`. */
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import type { Erasing, FileAnswer, FileWork } from './apart.ts';

/** A file up to this size is written anew in memory, in bytes; a greater one takes a file without a name beside it. */
const IN_MEMORY = 16 * 1024 * 1024;
/** How long somebody else's write to the file is waited for, in ms. */
const PATIENCE_MS = 10_000;

function rewrite(db: DatabaseSync, path: string): number {
  // What was erased is in neither, since rows that live on are all that is copied; and a file that is unlinked as soon as it is open outlives no kill.
  if (statSync(path).size <= IN_MEMORY) db.exec('PRAGMA temp_store=MEMORY');
  else db.exec(`PRAGMA temp_store=FILE; PRAGMA temp_store_directory='${dirname(path).replaceAll("'", "''")}'`);
  db.exec('VACUUM');
  return checkpoint(db);
}

function checkpoint(db: DatabaseSync): number {
  db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  return 0;
}

function erase(db: DatabaseSync, { sql, values, forMs }: Erasing): number {
  const end = performance.now() + forMs;
  // Whoever erases children and parents together needs no search for children, which would read the whole file for each parent.
  db.exec('PRAGMA foreign_keys=OFF; PRAGMA secure_delete=ON; BEGIN IMMEDIATE');
  const statements = sql.map((one) => db.prepare(one));
  for (const statement of statements) statement.setAllowUnknownNamedParameters(true);
  let all = 0;
  for (let some = 1; some > 0;) {
    some = statements.reduce((sum, statement) => sum + Number(statement.run(values).changes), 0);
    all += some;
    if (performance.now() >= end) break;
  }
  db.exec('COMMIT');
  return all;
}

function work(db: DatabaseSync, wish: FileWork): number {
  if (wish.work === 'erase') return erase(db, wish);
  return wish.work === 'rewrite' ? rewrite(db, wish.path) : checkpoint(db);
}

function answerTo(wish: FileWork): FileAnswer {
  try {
    // A file that is gone must not come back as an empty one.
    const url = pathToFileURL(wish.path);
    url.searchParams.set('mode', 'rw');
    const db = new DatabaseSync(url);
    try {
      db.exec(`PRAGMA synchronous=FULL; PRAGMA busy_timeout=${PATIENCE_MS}`);
      return { done: work(db, wish) };
    } finally { db.close(); }
  } catch (error) { return { wrong: error instanceof Error ? error.message : 'no reason given' }; }
}

parentPort?.on('message', (wish: FileWork) => parentPort?.postMessage(answerTo(wish)));
