import { Worker } from 'node:worker_threads';
import { Refusal } from '@commonhold/core';
import type { OnBytes } from './types.ts';

/** What a check on another thread says: how far it is, and at last what it found. */
export type Said = { done: number; of: number } | { found: string[] };

/** Runs one of this folder's checks on another thread; what it finds. Refuses `drill_failed`. */
export function runApart(thread: URL, workerData: object, onBytes: OnBytes, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData });
    const stop = (): void => { void worker.terminate(); reject(signal.reason as Error); };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (said: Said) => { if ('found' in said) resolve(said.found); else onBytes(said.done, said.of); });
    worker.once('error', reject);
    worker.once('exit', () => { signal.removeEventListener('abort', stop); reject(new Refusal('unavailable', 'drill_failed', 'The check ended before it was done.')); });
  });
}
