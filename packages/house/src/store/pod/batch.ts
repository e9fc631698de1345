import { Refusal } from '@commonhold/core';
import { storageRefusal } from '../storage-refusal.ts';
import type { Pen } from './draft.ts';
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
  /** Does what waits, refuses (`closed`) what comes later, closes the file. */
  close(): void;
}

/**
 * The one way to write to a pod: works of one tick share a transaction and one signature a lane,
 * and nobody hears yes before it is on disk. A work that throws is undone alone.
 */
export function makeBatch(pod: Pod, pen: Pen, onCommit: OnCommit): Batch {
  let queue: Job[] = [];
  let open = true;
  const flush = () => {
    const jobs = queue;
    queue = [];
    const answers = commit(pod, pen, jobs);
    const changes = pod.changes;
    pod.changes = [];
    if (changes.length > 0) onCommit(changes);
    for (const answer of answers) answer();
  };
  return {
    write: <T>(work: () => T) => new Promise<T>((resolve, reject) => {
      if (!open) throw new Refusal('unavailable', 'closed', 'The house is closing. Nothing was changed.');
      if (queue.length === 0) setImmediate(() => { if (open) flush(); });
      queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
    }),
    close: () => {
      if (!open) return;
      open = false;
      if (queue.length > 0) flush();
      pod.db.close();
    },
  };
}

function commit(pod: Pod, pen: Pen, jobs: Job[]): (() => void)[] {
  try {
    return pod.db.transaction(() => {
      const answers = jobs.map((job) => attempt(pod, pen, job, jobs.length > 1));
      signHeads(pod, pen);
      return answers;
    });
  } catch (error) {
    pod.changes = [];
    loadPersonas(pod, pen.suite);
    const refusal = storageRefusal(error);
    return jobs.map((job) => () => job.reject(refusal));
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
