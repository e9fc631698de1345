import { toBase64Url } from '@commonhold/core';
import type { Apart } from '../../sqlite/apart.ts';
import type { Batch } from './batch.ts';
import { ownerOf } from './open.ts';
import type { Pod } from './pod.ts';
import { holdPlace } from './retention.ts';
import type { PersonaState } from './types.ts';

/** Rows of a table that go in one round, and how long rounds go on in one transaction, in ms: then those who wait to write get their turn. */
const SLICE = 500;
const TURN_MS = 100;

const OF = 'persona = $persona AND service = $service';
const LANES = `(SELECT ref FROM lanes WHERE ${OF})`;

/** What there may be very much of. */
const MUCH: readonly string[] = [
  `DELETE FROM rows WHERE pos IN (SELECT pos FROM rows WHERE ${OF} LIMIT ${SLICE})`,
  `DELETE FROM locals WHERE pos IN (SELECT pos FROM locals WHERE ${OF} LIMIT ${SLICE})`,
  `DELETE FROM replaced WHERE id IN (SELECT id FROM entries WHERE lane IN ${LANES} LIMIT ${SLICE})`,
  `DELETE FROM entries WHERE (lane, seq) IN (SELECT lane, seq FROM entries WHERE lane IN ${LANES} LIMIT ${SLICE})`,
];
/** The rest, lanes after what lies in them; and what tells that it was joined. */
const REST: readonly string[] = [
  'DELETE FROM closes WHERE persona = $persona AND lane IN (SELECT value FROM json_each($lanes))',
  `DELETE FROM parked WHERE lane IN ${LANES}`, `DELETE FROM removals WHERE lane IN ${LANES}`,
  ...['conflicts', 'moves', 'blob_names', 'blobs', 'taken', 'lanes', 'terms', 'contracts', 'earlier_contracts'].map((table) => `DELETE FROM ${table} WHERE ${OF}`),
  "DELETE FROM outbox WHERE persona = $persona AND json_extract(effect, '$.service') = $service",
  'DELETE FROM once WHERE persona = $persona AND substr(key, 1, length($service) + 1) = $service || char(10)',
];
/** All that a pseudonym is besides. */
const WHOLE: readonly string[] = [...['statements', 'closes', 'once', 'taken', 'outbox'].map((table) => `DELETE FROM ${table} WHERE persona = $persona`), 'DELETE FROM personas WHERE ref = $persona'];

/** A namespace that goes, with all that tells of it. `whole`: its persona goes with it. */
export interface Leaving { persona: string; service: string; whole: boolean }

/**
 * Erases a namespace from a pod: records, chains, offers, blobs, contract and terms; with a pseudonym its keys. What is on disk after it
 * resolves knows nothing of it but in free places of the file, which is to be written anew. Fine when it is gone already. `erase`: of the
 * thread that does it, in steps between which others write.
 */
export async function eraseNamespace(pod: Pod & Pick<Batch, 'apart' | 'write'>, leaving: Leaving, erase: Apart['erase'], progress: (erased: number) => void): Promise<void> {
  // A new place is the newest before any goes: positions never go back, whatever comes in between.
  await pod.write(() => { pod.last++; keepPlace(pod); });
  let erased = 0;
  for (let some = 1; some > 0;) {
    some = await pod.apart(async (path) => {
      const state = pod.personas.get(leaving.persona);
      return state ? erase(path, { sql: MUCH, values: { persona: state.ref, service: leaving.service }, forMs: TURN_MS }) : 0;
    });
    progress(erased += some);
  }
  await pod.apart(async (path) => {
    const state = pod.personas.get(leaving.persona);
    if (!state) return;
    const { ref } = state, blobs = pod.sql.leaving.blobs.all(ref, leaving.service).map(({ blob }) => blob);
    // Once more what there was much of: somebody may have written in between.
    await erase(path, { sql: [...MUCH, ...REST, ...(leaving.whole ? WHOLE : [])], values: { persona: ref, service: leaving.service, lanes: lanesOf(pod, ref, leaving.service) }, forMs: Infinity });
    forget(pod, state, leaving);
    pod.shelf.forget(blobs);
  });
  await pod.write(() => keepPlace(pod));
  // What a kill left of blobs.
  await pod.shelf.tidy();
}

const lanesOf = (pod: Pod, ref: number, service: string): string => JSON.stringify(pod.sql.leaving.lanes.all(ref, service).map(({ lane }) => toBase64Url(lane)));

/** Records and chain entries that a namespace has, as a measure of the work. */
export function sizeOf(pod: Pod, { persona, service }: Pick<Leaving, 'persona' | 'service'>): number {
  const state = pod.personas.get(persona);
  return state ? pod.sql.leaving.size.get(state.ref, service)?.n ?? 0 : 0;
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
}

function keepPlace(pod: Pod): void {
  const owner = ownerOf(pod);
  if (owner) holdPlace(pod, owner);
}
