import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Refusal } from '@commonhold/core';

/** Rows to be erased: in each round every statement is run once, with these values for its `$names`; another round while rows go and `forMs` is not over. */
export interface Erasing { sql: readonly string[]; values: Readonly<Record<string, string | number>>; forMs: number }

/** What the thread is to do with which file. */
export type FileWork = { path: string } & ({ work: 'checkpoint' } | { work: 'rewrite' } | ({ work: 'erase' } & Erasing));
/** What came of it: of erasing, how many rows went. */
export type FileAnswer = { done: number } | { wrong: string };

/** Long work on database files, on a thread of its own: the disk's slowness is nobody's here. Give it one file at a time. */
export interface Apart {
  /** Resolves when the log of this file is worked in as far as readers allow, and all of that is on disk; writers go on meanwhile. */
  checkpoint(path: string): Promise<void>;
  /** Writes the file anew without its free places, as far as readers allow; it is read meanwhile, and nobody else may write to it. On disk when it resolves. */
  rewrite(path: string): Promise<void>;
  /** Erases rows in one transaction, overwriting them, and answers how many; nobody else may write meanwhile. Keeps no foreign keys. On disk when it resolves. */
  erase(path: string, what: Erasing): Promise<number>;
  end(): void;
}

/** Starts the thread; end it when nothing is left to do. */
export function makeApart(): Apart {
  const worker = new Worker(new URL('apart-thread.ts', import.meta.url));
  worker.unref();
  const gone = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Refusal('unavailable', 'file_work_failed', 'The thread that works on files has ended.')));
  });
  gone.catch(() => {});
  const ask = async (wish: FileWork): Promise<number> => {
    const answered = once(worker, 'message') as Promise<[FileAnswer]>;
    worker.postMessage(wish);
    const [answer] = await Promise.race([answered, gone]);
    if ('wrong' in answer) throw new Refusal('unavailable', 'file_work_failed', `Work on a file of the data folder failed (${wish.work}): ${answer.wrong}.`);
    return answer.done;
  };
  return {
    checkpoint: async (path) => { await ask({ work: 'checkpoint', path }); },
    rewrite: async (path) => { await ask({ work: 'rewrite', path }); },
    erase: (path, what) => ask({ work: 'erase', path, ...what }),
    end: () => { void worker.terminate(); },
  };
}
