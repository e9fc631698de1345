import { Refusal, type Suite } from '@commonhold/core';
import { storageRefusal } from '../sqlite/storage-refusal.ts';
import { backupsFor, openerOf, restoreHouse } from './restoring.ts';
import type { TargetWish } from './target/target.ts';
import type { Summary } from './types.ts';

/** What whoever sets a house up shows: the setup code, where the backups lie, the house's words; `from` for counting wrong codes. */
export interface RestoreWish { code: string; target: TargetWish; words: readonly string[]; from: string }

/** How a restore in the browser stands. `done`: the house starts anew with what was restored. */
export interface RestoreState { state: 'none' | 'running' | 'failed' | 'done'; done: number; of: number; words: string | null; failed: { code: string; say: string } | null }

/** Restoring instead of founding. */
export interface SetupRestore {
  /** Refuses what the code is refused, `bad_words`, and what `backupsFor` refuses. */
  look(wish: RestoreWish): Promise<Summary[]>;
  /** Begins. Refuses the same, and `job_running`. */
  start(wish: RestoreWish & { backup?: string }): Promise<void>;
  state(): RestoreState;
  close(): Promise<void>;
}

interface Deps { suite: Suite; data: string; /** Passes the setup code, or refuses. */ checkCode(code: string, from: string): void; /** What was restored waits for a new start. */ whole(): void; onError(error: unknown): void }

/** Built by `compose.ts`; only for a house that nobody has founded, since the code is dead from then on. */
export function makeSetupRestore({ suite, data, checkCode, whole, onError }: Deps): SetupRestore {
  let now: RestoreState = { state: 'none', done: 0, of: 0, words: null, failed: null };
  let work: Promise<void> = Promise.resolve();
  const abort = new AbortController();
  const look: SetupRestore['look'] = async ({ code, target, words, from }) => { checkCode(code, from); return backupsFor(suite, data, target, openerOf(words)); };
  return {
    look,
    start: async (wish) => {
      if (now.state === 'running' || now.state === 'done') throw new Refusal('conflict', 'job_running', 'The house is being restored already.');
      const found = await look(wish);
      if (wish.backup !== undefined && !found.some(({ id }) => id === wish.backup)) throw new Refusal('not_found', 'backup_unknown', 'There is no such backup at this place.');
      now = { state: 'running', done: 0, of: 0, words: null, failed: null };
      work = restoreHouse(suite, { data, wish: wish.target, opener: openerOf(wish.words), id: wish.backup }, (done, of, words) => { now = { ...now, done, of, words }; }, abort.signal).then(
        () => { now = { ...now, state: 'done' }; whole(); },
        (error: unknown) => {
          const told = storageRefusal(error);
          if (!(told instanceof Refusal)) onError(error);
          now = { ...now, state: 'failed', failed: told instanceof Refusal ? { code: told.code, say: told.message } : { code: 'internal', say: 'The house made a mistake. It is written in its log. Try again.' } };
        },
      );
    },
    state: () => now,
    close: async () => { abort.abort(); await work; },
  };
}
