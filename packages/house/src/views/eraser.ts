import { makeCheckpointer } from '../sqlite/checkpointer.ts';
import type { Sqlite } from '../sqlite/port.ts';

/** Sees to it that words which were taken out of the views do not live on in their log. */
export interface Eraser { /** Some were taken out. */ erased(): void; close(): void }

interface Deps { db: Sqlite; path: string; onError(error: unknown): void; everyMs?: number }

const EVERY_MS = 20_000;

/** The log of `views.db` is worked into the file, where SQLite overwrites what was erased, and cut to nothing, soon after something was. */
export function makeEraser({ db, path, onError, everyMs = EVERY_MS }: Deps): Eraser {
  let due = false;
  let under = false;
  const empty = async () => {
    const checkpointer = makeCheckpointer();
    // The slow part is done beside this thread; what was written meanwhile is little.
    try { await checkpointer.run(path); } finally { checkpointer.end(); }
    if (due) db.exec('PRAGMA busy_timeout=0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout=2000');
    due = false;
  };
  const timer = setInterval(() => {
    if (!due || under) return;
    under = true;
    empty().catch(onError).finally(() => { under = false; });
  }, everyMs).unref();
  return { erased: () => { due = true; }, close: () => { due = false; clearInterval(timer); } };
}
