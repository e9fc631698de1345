/** Whose a job is: a person's, or the house's own, which its stewards see. */
export type JobOwner = string;

/** How a job stands. `interrupted`: the house stopped under it; its kind says what a new one makes of what is there. */
export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** A long piece of work, as its owner sees it. */
export interface Job {
  id: string;
  /** What is done: `backup`, `import-mastodon` … */
  kind: string;
  state: JobState;
  /** How far it has come, of how much; `of` is 0 while nobody knows. */
  done: number; of: number;
  /** The stable name of the part that is under way, where a kind has several. */
  words: string | null;
  /** What it answered, once done. */
  result: unknown;
  /** Why it failed: a stable code and a sentence. */
  failed: { code: string; say: string } | null;
  /** Milliseconds since 1970. */
  started: number; ended: number | null;
}

/** Says how far a job has come; cheap, so call it as often as there is something to say. */
export type JobProgress = (done: number, of: number, words?: string) => void;

/** The work itself. It ends early, by throwing whatever it likes, when the signal says so. */
export type JobRun = (progress: JobProgress, signal: AbortSignal) => Promise<unknown>;

/** Hears of a job each time it stands differently. */
export type JobListener = (owner: JobOwner, job: Job) => void;

/** The owner of what is the house's own. */
export const HOUSE: JobOwner = 'house';
