import { path, type CallOptions, type Send } from './request.ts';

/** How a job stands. `interrupted`: the house stopped under it. */
export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** Something that the house does and that takes its time. `of` is 0 while nobody knows how much it is; `words` names the part under way; times in ms. */
export interface Job {
  id: string; kind: string; state: JobState; done: number; of: number; words: string | null; result: unknown; failed: { code: string; say: string } | null; started: number; ended: number | null;
}

/** Jobs: `mine` are one's own, `ofHouse` the house's, for stewards. The live event `job` tells of each change. */
export const jobs = (send: Send) => ({
  /** Under way, and the last twenty that ended, the newest first. */
  mine: (options?: CallOptions) => send<{ jobs: Job[] }>('/me/jobs', options),
  /** Asks one to end. 404 `job_unknown`. */
  cancel: (id: string) => send<void>(path('me', 'jobs', id), { method: 'DELETE' }),
  ofHouse: (options?: CallOptions) => send<{ jobs: Job[] }>('/house/jobs', options),
  cancelOfHouse: (id: string) => send<void>(path('house', 'jobs', id), { method: 'DELETE' }),
});
