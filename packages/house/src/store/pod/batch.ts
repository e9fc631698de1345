import { Refusal } from '@commonhold/core';
import { storageRefusal } from '../storage-refusal.ts';
import type { Pen } from './draft.ts';
import { loadPersonas } from './open.ts';
import { signHeads } from './sign-heads.ts';
import type { Pod } from './pod.ts';
import type { Change } from './types.ts';
import { openWal, type Wal } from './wal.ts';

interface Job { work(): unknown; resolve(value: unknown): void; reject(error: unknown): void }

/** Told what a commit changed, in order, after it is on disk and before the writers hear of it. */
export type OnCommit = (changes: readonly Change[]) => void;

/** The writes of one pod. */
export interface Batch {
  write<T>(work: () => T): Promise<T>;
  /** Resolves when nothing waits for the disk. */
  idle(): Promise<void>;
  /** True while the log holds what was written, and with it perhaps what was erased since. */
  lingers(): boolean;
  /** Empties the log once `checkpoint` has brought it into the file; where writers are faster, the next round tries again. */
  sweep(checkpoint: (path: string) => Promise<void>): Promise<void>;
  /** Does what waits, refuses (`closed`) what comes later, closes the file. */
  close(): void;
}

/** Works that are in the file and not yet known to be on disk. */
interface Written { jobs: Job[]; changes: Change[]; answers: (() => void)[] }

/**
 * The one way to write to a pod: works of one tick share a transaction and one signature a lane, and nobody hears yes,
 * nor does a view, before it is on disk. A work that throws is undone alone. The syncs are done on another thread, so
 * that a slow disk holds up its own writers alone.
 */
export function makeBatch(pod: Pod, pen: Pen, onCommit: OnCommit): Batch {
  const queue: Job[] = [];
  let waiting: Written[] = [];
  let flying: Written[] = [];
  let wal: Wal | null = null;
  let refused: unknown = null;
  let open = true;
  // How often the log was written to, and in vain swept, since it was last empty.
  let writes = 0;
  let vain = 0;
  const settle = (done: readonly Written[]) => {
    for (const { changes, answers } of done) {
      if (changes.length > 0) { pod.told = changes.at(-1)!.pos; onCommit(changes); }
      for (const answer of answers) answer();
    }
  };
  // What the disk would not take is in doubt, and so is all that comes after it: this pod takes nothing more until it is opened anew.
  const fail = (error: unknown) => {
    refused = new Refusal('unavailable', 'disk_failed', 'The disk of the data folder gave an error. Check the disk, then start the house again.', { cause: error });
    for (const { jobs } of [...flying.splice(0), ...waiting.splice(0)]) reject(jobs, refused);
  };
  const fly = (log: Wal) => {
    if (flying.length > 0 || waiting.length === 0) return;
    flying = waiting;
    waiting = [];
    log.sync().then(() => { settle(flying.splice(0)); fly(log); }, fail);
  };
  const flush = () => {
    const jobs = queue.splice(0);
    try { wal ??= takeLog(pod); } catch (error) { reject(jobs, storageRefusal(error)); return; }
    const written = wal.blank ? onBlankLog(pod, wal, () => commit(pod, pen, jobs)) : commit(pod, pen, jobs);
    if (!written) return;
    writes++;
    waiting.push(written);
    fly(wal);
  };
  const resting = () => queue.length + flying.length + waiting.length === 0;
  const sweep = async (checkpoint: (path: string) => Promise<void>) => {
    const seen = writes;
    await checkpoint(pod.path);
    if (!open || refused || !wal) return;
    const calm = seen === writes && resting();
    if ((!calm && vain++ < PATIENCE) || !emptyLog(pod)) return;
    const since = writes;
    await wal.sync();
    vain = 0;
    if (writes !== since) return;
    writes = 0;
    wal.blank = true;
  };
  const write = <T>(work: () => T) => new Promise<T>((resolve, reject) => {
    if (!open) throw new Refusal('unavailable', 'closed', 'The house is closing. Nothing was changed.');
    if (refused) throw refused;
    if (queue.length === 0) setImmediate(() => { if (open) flush(); });
    queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
  });
  return {
    write,
    lingers: () => open && refused === null && writes > 0,
    sweep,
    idle: async () => { if (open && !refused && !resting()) await write(() => undefined); },
    close: () => {
      if (!open) return;
      open = false;
      if (queue.length > 0) flush();
      try {
        if (flying.length + waiting.length > 0) wal?.syncNow();
        settle([...flying.splice(0), ...waiting.splice(0)]);
      } catch (error) { fail(error); }
      wal?.close();
      pod.db.close();
    },
  };
}

const reject = (jobs: readonly Job[], why: unknown): void => { for (const job of jobs) job.reject(why); };

// From here on SQLite leaves the sync of a commit to us; it still syncs the log before a checkpoint, and the file after it.
function takeLog(pod: Pod): Wal {
  const wal = openWal(pod.path);
  pod.db.exec('PRAGMA synchronous=NORMAL');
  return wal;
}

/** So many times a sweep gives way to writers; then it is they who wait. */
const PATIENCE = 2;

/** Cuts the log to nothing, taking what is new in it along; false where somebody still reads from it. Never waits for them: they are on this thread. */
function emptyLog({ db }: Pod): boolean {
  db.exec('PRAGMA busy_timeout=0');
  try {
    return db.prepare<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  } finally { db.exec('PRAGMA busy_timeout=2000'); }
}

/**
 * SQLite syncs a log's header before its first frame, on this thread, lest old frames come back to life under an old header.
 * Where there are none it need not; and no checkpoint may take such frames into the file before we have synced them.
 */
function onBlankLog<T>(pod: Pod, wal: Wal, work: () => T): T {
  pod.db.exec('PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=OFF');
  try { return work(); } finally {
    wal.blank = false;
    pod.db.exec('PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=1000');
  }
}

/** Commits works together; null when the whole commit was refused and everybody told. */
function commit(pod: Pod, pen: Pen, jobs: Job[]): Written | null {
  try {
    const answers = pod.db.transaction(() => {
      const told = jobs.map((job) => attempt(pod, pen, job, jobs.length > 1));
      signHeads(pod, pen);
      return told;
    });
    const { changes } = pod;
    pod.changes = [];
    return { jobs, changes, answers };
  } catch (error) {
    pod.changes = [];
    loadPersonas(pod, pen.suite);
    reject(jobs, storageRefusal(error));
    return null;
  }
}

// A work on its own needs no savepoint of its own: the transaction is one.
function attempt(pod: Pod, pen: Pen, job: Job, shared: boolean): () => void {
  if (!shared) {
    const value = job.work();
    return () => job.resolve(value);
  }
  const before = pod.changes.length;
  pod.db.exec('SAVEPOINT work');
  try {
    const value = job.work();
    pod.db.exec('RELEASE work');
    return () => job.resolve(value);
  } catch (error) {
    const unsigned = [...pod.unsigned].map((lane) => lane.ref);
    pod.db.exec('ROLLBACK TO work; RELEASE work');
    pod.changes.length = before;
    loadPersonas(pod, pen.suite);
    for (const persona of pod.personas.values()) {
      for (const lane of persona.lanes) if (unsigned.includes(lane.ref) && lane.seq > 0) pod.unsigned.add(lane);
    }
    return () => job.reject(storageRefusal(error));
  }
}
