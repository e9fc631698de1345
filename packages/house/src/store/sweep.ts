import { makeApart } from '../sqlite/apart.ts';
import type { Batch } from './pod/batch.ts';

/** Clears out logs every so often. */
export interface Sweeper { close(): void }

const EVERY_MS = 20_000;

/**
 * SQLite overwrites in a pod's file what was erased, while its log keeps the old words until it is written over, which may
 * take for ever in a quiet pod. So every pod that was written to has its log emptied soon after.
 */
export function makeSweeper(pods: () => Iterable<Pick<Batch, 'lingers' | 'sweep'>>, onError: (error: unknown) => void, everyMs = EVERY_MS): Sweeper {
  let under = false;
  const round = async () => {
    const due = [...pods()].filter(({ lingers }) => lingers());
    if (under || due.length === 0) return;
    under = true;
    try { await empty(due); } finally { under = false; }
  };
  const empty = async (due: readonly Pick<Batch, 'sweep'>[]) => {
    const apart = makeApart();
    try { for (const pod of due) await pod.sweep(apart.checkpoint).catch(onError); } finally { apart.end(); }
  };
  const timer = setInterval(() => { round().catch(onError); }, everyMs).unref();
  return { close: () => clearInterval(timer) };
}
