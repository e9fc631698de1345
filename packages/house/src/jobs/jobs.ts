import { Refusal, toBase64Url, type Suite } from '@commonhold/core';
import { makeEars } from '../ears.ts';
import type { OnError } from '../journal.ts';
import type { Sqlite } from '../sqlite/port.ts';
import { storageRefusal } from '../sqlite/storage-refusal.ts';
import { makeJobRows, type JobRow } from './rows.ts';
import type { Job, JobListener, JobOwner, JobProgress, JobRun } from './types.ts';

/** How often at most somebody hears of progress, in ms. */
const TELL_MS = 200;

/** Long pieces of work with an owner who sees how far they are, and may end them. */
export interface Jobs {
  /** Begins one; the answer is how it stands now. Refuses `job_running` where the owner has one of this kind under way, `closed`. */
  start(kind: string, owner: JobOwner, run: JobRun): Job;
  /** Refuses `job_running`, as `start` would. */
  checkFree(kind: string, owner: JobOwner): void;
  /** The owner's jobs, the newest first: those under way, and the last twenty that ended. */
  list(owner: JobOwner): Job[];
  /** Asks one to end; it is `cancelled` once its work has let go. One that has ended stays as it is. Refuses `job_unknown`. */
  cancel(owner: JobOwner, id: string): void;
  /** How it stands once it has ended. Refuses `job_unknown`. */
  ended(owner: JobOwner, id: string): Promise<Job>;
  /** Hears of every change, from now until the answer is called. */
  listen(listener: JobListener): () => void;
  /** Ends what is under way, which counts as interrupted, and waits for it. */
  close(): Promise<void>;
}

interface Running extends JobRow { abort: AbortController; over: Promise<void>; told: number }

/** Over house.db; what an earlier process left under way is interrupted. `onError` hears of what is nobody's fault but ours. */
export function makeJobs({ db, suite, now, onError }: { db: Sqlite; suite: Suite; now: () => number; onError: OnError }): Jobs {
  const rows = makeJobRows(db);
  rows.interrupt(now());
  const running = new Map<string, Running>();
  const ears = makeEars<Parameters<JobListener>>(onError);
  let closed = false;
  const tell = ({ owner, job }: JobRow): void => ears.tell(owner, { ...job });
  const list = (owner: JobOwner): Job[] => rows.of(owner).map((job) => ({ ...(running.get(job.id)?.job ?? job) }));
  const find = (owner: JobOwner, id: string): Job => {
    const job = list(owner).find((one) => one.id === id);
    if (!job) throw new Refusal('not_found', 'job_unknown', 'There is no such work of yours.');
    return job;
  };
  const progressOf = (row: Running): JobProgress => (done, of, words) => {
    const { job } = row, next = words ?? job.words, isNew = next !== job.words;
    Object.assign(job, { done: Math.floor(done), of: Math.floor(of), words: next });
    const at = performance.now();
    if (!isNew && at - row.told < TELL_MS) return;
    row.told = at;
    tell(row);
  };
  const work = async (row: Running, run: JobRun): Promise<void> => {
    const { job, abort } = row;
    try { Object.assign(job, { result: (await run(progressOf(row), abort.signal)) ?? null, state: 'done' }); } catch (error) {
      Object.assign(job, abort.signal.aborted ? { state: closed ? 'interrupted' : 'cancelled' } : { state: 'failed', failed: failureOf(error, onError) });
    }
    job.ended = now();
    running.delete(job.id);
    try { rows.put(row); } catch (error) { onError(error); }
    tell(row);
  };
  const checkFree = (kind: string, owner: JobOwner): void => {
    if ([...running.values()].some((one) => one.owner === owner && one.job.kind === kind)) throw new Refusal('conflict', 'job_running', 'This is under way already. Wait until it is done, or cancel it first.');
  };
  return {
    checkFree,
    start: (kind, owner, run) => {
      if (closed) throw new Refusal('unavailable', 'closed', 'The house is closing. Nothing was begun.');
      checkFree(kind, owner);
      const job: Job = { id: toBase64Url(suite.random(16)), kind, state: 'running', done: 0, of: 0, words: null, result: null, failed: null, started: now(), ended: null };
      const row: Running = { owner, job, abort: new AbortController(), over: Promise.resolve(), told: -TELL_MS };
      rows.put(row);
      running.set(job.id, row);
      // A turn later, so that whoever began it hears of it before its first progress.
      row.over = new Promise<void>((resolve) => { setImmediate(resolve); }).then(() => work(row, run));
      tell(row);
      return { ...job };
    },
    list,
    cancel: (owner, id) => { find(owner, id); running.get(id)?.abort.abort(); },
    ended: async (owner, id) => { find(owner, id); await running.get(id)?.over; return find(owner, id); },
    listen: ears.listen,
    close: async () => {
      closed = true;
      for (const { abort } of running.values()) abort.abort();
      await Promise.all([...running.values()].map(({ over }) => over));
    },
  };
}

function failureOf(error: unknown, onError: OnError): NonNullable<Job['failed']> {
  const told = storageRefusal(error);
  if (told instanceof Refusal) return { code: told.code, say: told.message };
  onError(error);
  return { code: 'internal', say: 'The house made a mistake. It is written in its log. Try again.' };
}
