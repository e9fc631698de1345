import { Refusal } from '@commonhold/core';
import { storageRefusal } from '../../sqlite/storage-refusal.ts';
import type { Pen } from './draft.ts';
import { makeLog, type PodLog } from './log.ts';
import { loadPersonas } from './open.ts';
import { signHeads } from './sign-heads.ts';
import type { Pod } from './pod.ts';
import type { Change } from './types.ts';

interface Job { work(): unknown; resolve(value: unknown): void; reject(error: unknown): void }

/** Told what a commit changed, in order, after it is on disk and before the writers hear of it. */
export type OnCommit = (changes: readonly Change[]) => void;

/** The writes of one pod. */
export interface Batch {
  write<T>(work: () => T): Promise<T>;
  /** Resolves when nothing waits for the disk. */
  idle(): Promise<void>;
  /** Resolves when all that was committed is on disk and told. */
  landed(): Promise<void>;
  /** As the log's; false for a pod that takes no more writes. */
  lingers(): boolean;
  sweep(checkpoint: (path: string) => Promise<void>): Promise<void>;
  /** Lets somebody else write to the file, on a thread of their own and onto the disk; the pod is read meanwhile, and its writes wait. Refuses `closed`. */
  apart<T>(work: (path: string) => Promise<T>): Promise<T>;
  /** Does what waits, refuses (`closed`) what comes later, closes the file. */
  close(): void;
}

/** Keeps writes waiting while it is shut. */
export interface Gate { shut: Promise<void> | null }

/** Works that are in the file and not yet known to be on disk. */
interface Written { jobs: Job[]; changes: Change[]; freed: string[]; answers: (() => void)[] }

/**
 * The one way to write to a pod: works of one tick share a transaction and one signature a lane, and nobody hears yes,
 * nor does a view, before it is on disk. A work that throws is undone alone. The syncs are done on another thread, so
 * that a slow disk holds up its own writers alone.
 */
export function makeBatch(pod: Pod, pen: Pen, onCommit: OnCommit, gate: Gate = { shut: null }): Batch {
  const log = makeLog(pod);
  const queue: Job[] = [];
  let waiting: Written[] = [];
  let flying: Written[] = [];
  let refused: unknown = null, open = true, flight = Promise.resolve();
  const settle = (done: readonly Written[]) => {
    for (const { changes, freed, answers } of done) {
      if (freed.length > 0) pod.shelf.forget(freed);
      if (changes.length > 0) { pod.told = changes.at(-1)!.pos; onCommit(changes); }
      for (const answer of answers) answer();
    }
  };
  // What the disk would not take is in doubt, and so is all that comes after it: this pod takes nothing more until it is opened anew.
  const fail = (error: unknown) => {
    refused = new Refusal('unavailable', 'disk_failed', 'The disk of the data folder gave an error. Check the disk, then start the house again.', { cause: error });
    for (const { jobs } of [...flying.splice(0), ...waiting.splice(0)]) reject(jobs, refused);
  };
  const fly = () => {
    if (flying.length > 0 || waiting.length === 0) return;
    flying = waiting;
    waiting = [];
    flight = log.sync().then(() => { settle(flying.splice(0)); fly(); }, fail);
  };
  const flush = () => {
    const jobs = queue.splice(0);
    let written: Written | null = null;
    try { written = log.write(() => commit(pod, pen, jobs)); } catch (error) { reject(jobs, storageRefusal(error)); }
    if (!written) return;
    waiting.push(written);
    fly();
  };
  const own: Gate = { shut: null }, soon = through([gate, own], () => { if (open) flush(); });
  const rests = () => queue.length + flying.length + waiting.length === 0, isUp = () => open && refused === null;
  const write = <T>(work: () => T) => new Promise<T>((resolve, reject) => {
    if (!open) throw closing();
    if (refused) throw refused;
    if (queue.length === 0) setImmediate(soon);
    queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
  });
  return {
    write,
    landed: async () => { while (flying.length + waiting.length > 0) await flight; },
    lingers: () => isUp() && log.lingers(),
    sweep: (checkpoint) => log.sweep(checkpoint, rests), apart: (work) => apart({ pod, log, gates: [gate, own], isOpen: isUp }, work),
    idle: async () => { if (open && !refused && !rests()) await write(() => undefined); },
    close: () => {
      if (!open) return;
      open = false;
      if (queue.length > 0) flush();
      try {
        if (flying.length + waiting.length > 0) log.syncNow();
        settle([...flying.splice(0), ...waiting.splice(0)]);
      } catch (error) { fail(error); }
      log.close();
      pod.shelf.close();
      pod.db.close();
    },
  };
}

interface Away { pod: Pod; log: PodLog; gates: readonly [everybodys: Gate, own: Gate]; isOpen(): boolean }

/** SQLite lets one write at a time, and whoever waited for it here would hold up everybody: so writes wait at a gate. */
async function apart<T>({ pod, log, gates, isOpen }: Away, work: (path: string) => Promise<T>): Promise<T> {
  for (let shut = shutOf(gates); shut; shut = shutOf(gates)) await shut;
  if (!isOpen()) throw closing();
  const [, own] = gates, { promise, resolve } = Promise.withResolvers<void>();
  own.shut = promise;
  try {
    log.grows();
    return await work(pod.path);
  } finally { own.shut = null; resolve(); }
}

const closing = (): Refusal => new Refusal('unavailable', 'closed', 'The house is closing. Nothing was changed.');

const shutOf = (gates: readonly Gate[]): Promise<void> | null => gates.find(({ shut }) => shut !== null)?.shut ?? null;

/** Does it now, or once all gates are open again. */
function through(gates: readonly Gate[], work: () => void): () => void {
  const soon = (): void => {
    const shut = shutOf(gates);
    if (shut) void shut.then(soon); else work();
  };
  return soon;
}

const reject = (jobs: readonly Job[], why: unknown): void => { for (const job of jobs) job.reject(why); };

/** Commits works together; null when the whole commit was refused and everybody told. */
function commit(pod: Pod, pen: Pen, jobs: Job[]): Written | null {
  try {
    const answers = pod.db.transaction(() => {
      const told = jobs.map((job) => attempt(pod, pen, job, jobs.length > 1));
      signHeads(pod, pen);
      return told;
    });
    const { changes, freed } = pod;
    pod.changes = [];
    pod.freed = [];
    return { jobs, changes, freed, answers };
  } catch (error) {
    pod.changes = [];
    pod.freed = [];
    loadPersonas(pod, pen);
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
  const freed = pod.freed.length;
  pod.db.exec('SAVEPOINT work');
  try {
    const value = job.work();
    pod.db.exec('RELEASE work');
    return () => job.resolve(value);
  } catch (error) {
    const unsigned = [...pod.unsigned].map((lane) => lane.ref);
    pod.db.exec('ROLLBACK TO work; RELEASE work');
    pod.changes.length = before;
    pod.freed.length = freed;
    loadPersonas(pod, pen);
    for (const persona of pod.personas.values()) {
      for (const lane of persona.lanes) if (unsigned.includes(lane.ref) && lane.seq > 0) pod.unsigned.add(lane);
    }
    return () => job.reject(storageRefusal(error));
  }
}
