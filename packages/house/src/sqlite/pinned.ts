import { backup, DatabaseSync } from 'node:sqlite';

/** Pages that are copied between two looks at the loop. */
const PAGES = 4096;

/** One moment of a file, held while others write on. */
export interface Pinned {
  /** Writes that moment, whole, into a file of its own, on another thread. Errors of SQLite pass through. */
  copyTo(path: string): Promise<void>;
  /** Lets go; call it always, or the file's log grows. */
  close(): void;
}

/** Holds the file as it is now. The file must be there; errors of SQLite pass through. */
export function pin(path: string): Pinned {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA busy_timeout=2000; PRAGMA query_only=ON; PRAGMA cache_size=-64; PRAGMA trusted_schema=OFF; BEGIN');
    // A transaction that only begins has seen nothing yet.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) { db.close(); throw error; }
  return { copyTo: async (to) => { await backup(db, to, { rate: PAGES }); }, close: () => db.close() };
}
