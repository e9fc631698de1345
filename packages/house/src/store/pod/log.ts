import type { Pod } from './pod.ts';
import { openWal, type Wal } from './wal.ts';

/** The log of an open pod: taken over from SQLite at the first write, emptied now and then. */
export interface PodLog {
  /** Runs a transaction whose sync is ours. Errors of the file system pass through where the log cannot be opened. */
  write<T>(work: () => T): T;
  /** Somebody else writes into it, and syncs that. */
  grows(): void;
  sync(): Promise<void>;
  syncNow(): void;
  close(): void;
  /** True while the log holds what was written, and with it perhaps what was erased since. */
  lingers(): boolean;
  /** Empties the log once `checkpoint` has brought it into the file; while writers are faster (`rests` is false), a later sweep does. */
  sweep(checkpoint: (path: string) => Promise<void>, rests: () => boolean): Promise<void>;
}

/** So many sweeps give way to writers; then it is they who wait. */
const PATIENCE = 2;

// Sweeps empty logs beside this thread; one that grows faster, to 16 MB, is worked in by its writers, who wait for the disk meanwhile.
const LAST_RESORT = 'PRAGMA wal_autocheckpoint=4000';

/** Nothing is opened before the first write. */
export function makeLog(pod: Pod): PodLog {
  let wal: Wal | null = null;
  let open = true;
  // How often the log was written to since it was last empty, and how often it was swept in vain.
  let writes = 0;
  let vain = 0;
  return {
    write: (work) => {
      wal ??= takeLog(pod);
      writes++;
      return wal.blank ? onBlankLog(pod, wal, work) : work();
    },
    grows: () => {
      wal ??= takeLog(pod);
      wal.blank = false;
      writes++;
    },
    sync: async () => { await wal?.sync(); },
    syncNow: () => wal?.syncNow(),
    close: () => { open = false; wal?.close(); },
    lingers: () => writes > 0,
    sweep: async (checkpoint, rests) => {
      const seen = writes;
      await checkpoint(pod.path);
      if (!open || !wal) return;
      const calm = seen === writes && rests();
      if ((!calm && vain++ < PATIENCE) || !emptyLog(pod)) return;
      const left = writes;
      await wal.sync();
      vain = 0;
      if (writes !== left) return;
      writes = 0;
      wal.blank = true;
    },
  };
}

// From here on SQLite leaves the sync of a commit to us; it still syncs the log before a checkpoint, and the file after it.
function takeLog(pod: Pod): Wal {
  const wal = openWal(pod.path);
  pod.db.exec(`PRAGMA synchronous=NORMAL; ${LAST_RESORT}`);
  return wal;
}

/**
 * SQLite syncs a log's header before its first frame, on this thread, lest old frames come back to life under an old header.
 * Where there are none it need not; and no checkpoint may take such frames into the file before we have synced them.
 */
function onBlankLog<T>({ db }: Pod, wal: Wal, work: () => T): T {
  db.exec('PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=OFF');
  try { return work(); } finally {
    wal.blank = false;
    db.exec(`PRAGMA synchronous=NORMAL; ${LAST_RESORT}`);
  }
}

/** Cuts the log to nothing, taking what is new in it along; false where somebody still reads from it. Never waits for them: they are on this thread. */
function emptyLog({ db }: Pod): boolean {
  db.exec('PRAGMA busy_timeout=0');
  try {
    return db.prepare<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  } finally { db.exec('PRAGMA busy_timeout=2000'); }
}
