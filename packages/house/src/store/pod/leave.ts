import { toBase64Url } from '@commonhold/core';
import type { Batch } from './batch.ts';
import { ownerOf } from './open.ts';
import type { Pod } from './pod.ts';
import { holdPlace } from './retention.ts';
import type { PersonaState } from './types.ts';

/** How much goes in one transaction: killed at any moment, the next round goes on. */
const SLICE = 500;

/** A namespace that goes, with all that tells of it. `whole`: its persona goes with it. */
export interface Leaving { persona: string; service: string; whole: boolean }

/**
 * Erases a namespace from a pod: records, chains, offers, blobs, contract and terms; with a pseudonym its keys. What is on disk after it
 * resolves knows nothing of it but in free places of the file: `compact` cleans those. Fine when it is gone already.
 */
export async function eraseNamespace(pod: Pod & Pick<Batch, 'write'>, leaving: Leaving, progress: (erased: number) => void): Promise<void> {
  let erased = 0;
  for (let some = SLICE; some > 0;) {
    some = await pod.write(() => eraseSome(pod, leaving));
    progress(erased += some);
  }
  await pod.write(() => eraseRest(pod, leaving));
}

/** Records and chain entries that a namespace has, as a measure of the work. */
export function sizeOf(pod: Pod, { persona, service }: Pick<Leaving, 'persona' | 'service'>): number {
  const state = pod.personas.get(persona);
  return state ? pod.sql.leaving.size.get(state.ref, service)?.n ?? 0 : 0;
}

function eraseSome({ sql: { leaving }, personas }: Pod, { persona, service }: Leaving): number {
  const state = personas.get(persona);
  if (!state) return 0;
  const of = [state.ref, service] as const;
  let gone = 0;
  for (const statement of leaving.slices) gone += statement.run(...of, SLICE).changes;
  return gone;
}

function eraseRest(pod: Pod, { persona, service, whole }: Leaving): void {
  const state = pod.personas.get(persona);
  if (!state) return;
  const { ref } = state, { leaving } = pod.sql;
  for (const { blob } of leaving.blobs.all(ref, service)) pod.freed.push(blob);
  for (const { lane } of leaving.lanes.all(ref, service)) leaving.closes.run(ref, toBase64Url(lane));
  for (const statement of leaving.rest) statement.run(ref, service);
  leaving.once.run(ref, `${service}\n`);
  if (whole) for (const statement of leaving.whole) statement.run(ref);
  forget(pod, state, { service, whole });
}

/* Memory follows the file: a write that is undone makes it anew. */
function forget(pod: Pod, state: PersonaState, { service, whole }: Omit<Leaving, 'persona'>): void {
  for (const name of pod.naming) if (name.startsWith(`${service}/`)) pod.naming.delete(name);
  for (const lane of state.lanes) if (lane.service === service) pod.unsigned.delete(lane);
  if (whole) {
    pod.personas.delete(state.persona);
    pod.judged.delete(state.ref);
  } else {
    state.contracts.delete(service);
    state.lanes = state.lanes.filter((lane) => lane.service !== service);
    for (const name of state.counts.keys()) if (name.startsWith(`${service}/`)) state.counts.delete(name);
  }
  const owner = ownerOf(pod);
  if (owner) holdPlace(pod, owner);
}
