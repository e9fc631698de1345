import { clockNext } from '@commonhold/core';
import { eraseExpired, type Expiring } from '../store/pod/retention.ts';
import type { PersonaState } from '../store/pod/types.ts';
import type { OpenPod } from '../store/pods.ts';
import type { ContractBook } from './contract-book.ts';
import type { EnforcedContract } from './contracts.ts';

/** How often a pod is looked through. */
const OFTEN_MS = 3_600_000;

/** A collection with a time, in ms. */
interface Timed extends Omit<Expiring, 'cutoff'> { retention: number }

/**
 * Erases what has had its time by the contracts that a pod has joined, whoever's service it is. Readers see it no more from the very moment
 * on; this takes it off the disk, within the hour. Namespaces without such a collection cost nothing.
 */
export function makeRetention(book: ContractBook, now: () => number): (pods: readonly OpenPod[]) => Promise<void> {
  const looked = new WeakMap<OpenPod, number>();
  const timedOf = (pod: OpenPod, state: PersonaState): readonly Timed[] => [...state.contracts.keys()].flatMap((service) => timedIn(book.of({ pod, state }, service)));
  return async (pods) => {
    for (const pod of pods) {
      // A clock that was set back waits for nothing.
      if (Math.abs(now() - (looked.get(pod) ?? -Infinity)) < OFTEN_MS) continue;
      looked.set(pod, now());
      const due = [...pod.personas.values()].flatMap((state) => timedOf(pod, state).map((of) => ({ persona: state.persona, ...of })));
      for (const { persona, retention, ...of } of due) await eraseExpired(pod, persona, { ...of, cutoff: before(now() - retention) });
    }
  };
}

const NONE: readonly Timed[] = [];
const known = new WeakMap<EnforcedContract, readonly Timed[]>();

function timedIn(contract: EnforcedContract | null): readonly Timed[] {
  if (!contract) return NONE;
  const had = known.get(contract);
  if (had) return had;
  const { service, compiled: { collections } } = contract;
  const made = [...collections.values()].flatMap(({ name, kind, retention }) => (retention === null ? [] : [{ service, collection: name, local: kind === 'local', retention }]));
  known.set(contract, made);
  return made;
}

const before = (ms: number): Expiring['cutoff'] => clockNext('', Math.max(0, ms));
