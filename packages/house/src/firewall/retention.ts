import { clockNext } from '@commonhold/core';
import { eraseExpired, type Expiring } from '../store/pod/retention.ts';
import type { OpenPod } from '../store/pods.ts';
import type { EnforcedContract } from './contracts.ts';

/** How often a pod is looked through. */
const OFTEN_MS = 3_600_000;

/**
 * Erases what has had its time by the contracts that a pod has joined. Readers see it no more from the very moment on; this takes it
 * off the disk, within the hour. Pods without such a collection cost nothing.
 */
export function makeRetention(contracts: ReadonlyMap<string, EnforcedContract>, now: () => number): (pods: readonly OpenPod[]) => Promise<void> {
  const kept = [...contracts.values()].flatMap(({ service, hash, compiled }) => [...compiled.collections.values()]
    .filter(({ retention }) => retention !== null).map(({ name, kind, retention }) => ({ service, hash, collection: name, local: kind === 'local', retention: retention! })));
  const looked = new WeakMap<OpenPod, number>();
  return async (pods) => {
    if (kept.length === 0) return;
    for (const pod of pods) {
      // A clock that was set back waits for nothing.
      if (Math.abs(now() - (looked.get(pod) ?? -Infinity)) < OFTEN_MS) continue;
      looked.set(pod, now());
      for (const { persona, contracts: joined } of pod.personas.values()) {
        for (const { hash, retention, ...of } of kept) {
          if (joined.get(of.service)?.hash === hash) await eraseExpired(pod, persona, { ...of, cutoff: before(now() - retention) });
        }
      }
    }
  };
}

const before = (ms: number): Expiring['cutoff'] => clockNext('', Math.max(0, ms));
