import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Refusal } from '@commonhold/core';

/** Copies write-ahead logs back into their files on a thread of its own: the disk's slowness is nobody's here. */
export interface Checkpointer {
  /** Resolves when the log of this file is worked in as far as readers allow, and all of that is on disk; writers go on meanwhile. */
  run(path: string): Promise<void>;
  end(): void;
}

/** Starts the thread; end it when nothing is left to do. Give it one file at a time. */
export function makeCheckpointer(): Checkpointer {
  const worker = new Worker(new URL('checkpointer-thread.ts', import.meta.url));
  worker.unref();
  const gone = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new Refusal('unavailable', 'checkpoint_failed', 'The thread that empties logs has ended.')));
  });
  gone.catch(() => {});
  return {
    run: async (path) => {
      const answered = once(worker, 'message') as Promise<[string | null]>;
      worker.postMessage(path);
      const [wrong] = await Promise.race([answered, gone]);
      if (wrong !== null) throw new Refusal('unavailable', 'checkpoint_failed', `A log could not be worked into its file: ${wrong}.`);
    },
    end: () => { void worker.terminate(); },
  };
}
