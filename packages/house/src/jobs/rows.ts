import type { Sqlite } from '../sqlite/port.ts';
import type { Job, JobOwner, JobState } from './types.ts';

/** How many ended jobs an owner keeps. */
const KEPT = 20;

/** A job as house.db keeps it. */
export interface JobRow { owner: JobOwner; job: Job }

type Stored = Omit<Job, 'result' | 'failed'> & { owner: string; result: string | null; code: string | null; say: string | null };

/** Jobs in house.db. */
export interface JobRows {
  put(row: JobRow): void;
  /** The owner's, the newest first. */
  of(owner: JobOwner): Job[];
  /** What an earlier process left running did not end. */
  interrupt(now: number): void;
}

/** Over the table that the schema of house.db makes. */
export function makeJobRows(db: Sqlite): JobRows {
  const put = db.prepare(`INSERT OR REPLACE INTO jobs (id, kind, owner, state, done, of, words, result, code, say, started, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const trim = db.prepare(`DELETE FROM jobs WHERE owner = ?1 AND ended IS NOT NULL AND id NOT IN (SELECT id FROM jobs WHERE owner = ?1 ORDER BY started DESC, id LIMIT ${KEPT})`);
  const of = db.prepare<Stored>('SELECT * FROM jobs WHERE owner = ? ORDER BY started DESC, id');
  const interrupt = db.prepare("UPDATE jobs SET state = 'interrupted', ended = ? WHERE state = 'running'");
  const gone = db.prepare("DELETE FROM jobs WHERE owner <> 'house' AND owner NOT IN (SELECT persona FROM people)");
  return {
    put: ({ owner, job: { id, kind, state, done, of, words, result, failed, started, ended } }) => {
      put.run(id, kind, owner, state, done, of, words, result === null ? null : JSON.stringify(result), failed?.code ?? null, failed?.say ?? null, started, ended);
      trim.run(owner);
    },
    of: (owner) => of.all(owner).map(jobOf),
    interrupt: (now) => { interrupt.run(now); gone.run(); },
  };
}

const jobOf = ({ owner: _, result, code, say, state, ...rest }: Stored): Job =>
  ({ ...rest, state: state as JobState, result: result === null ? null : JSON.parse(result) as unknown, failed: code === null ? null : { code, say: say ?? '' } });
