import { statSync } from 'node:fs';
import { makeApart } from '../sqlite/apart.ts';
import type { Sqlite } from '../sqlite/port.ts';

/** Keeps the log of the views short, and free of words that were taken out of them. */
export interface ViewsLog { /** Some words were taken out. */ erased(): void; close(): void }

interface Deps { db: Sqlite; path: string; onError(error: unknown): void; everyMs?: number; longMs?: number; long?: number }

const EVERY_MS = 20_000;
const LONG_MS = 500;
/** In bytes. */
const LONG = 8 * 1024 * 1024;
/** In pages, 256 MB: SQLite itself works a log in on this thread, and all wait for the disk, where nothing else could. */
const LAST_RESORT = 65_536;

/**
 * The log of `views.db` is worked into the file, where SQLite overwrites what was erased, and cut to nothing: soon after something was
 * erased, and when it is long. The slow part is done beside this thread; what was written meanwhile is little.
 */
export function makeViewsLog({ db, path, onError, everyMs = EVERY_MS, longMs = LONG_MS, long = LONG }: Deps): ViewsLog {
  db.exec(`PRAGMA wal_autocheckpoint=${LAST_RESORT}`);
  let due = false;
  let open = true;
  let under = false;
  const empty = async () => {
    const apart = makeApart();
    try { await apart.checkpoint(path); } finally { apart.end(); }
    if (open) db.exec('PRAGMA busy_timeout=0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout=2000');
    due = false;
  };
  const when = (wanted: () => boolean) => () => {
    if (under || !wanted()) return;
    under = true;
    empty().catch(onError).finally(() => { under = false; });
  };
  const timers = [setInterval(when(() => due), everyMs), setInterval(when(() => sizeOf(path) > long), longMs)].map((timer) => timer.unref());
  return { erased: () => { due = true; }, close: () => { open = false; for (const timer of timers) clearInterval(timer); } };
}

const sizeOf = (path: string): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
