import type { Batch } from './batch.ts';
import { nameBlobs } from './blobs.ts';
import type { Pod } from './pod.ts';
import type { PersonaState } from './types.ts';

/** A collection whose records have their time: those written before `cutoff` (a clock reading) go. */
export interface Expiring { service: string; collection: string; cutoff: string; local: boolean }

/** How much goes in one transaction: killed at any moment, the next round goes on. */
const SLICE = 200;

/**
 * Erases what had its time, removes included: bodies, salts, envelopes, offers, what lost against them, what stood for a removal.
 * The chain stays, as numbers and ids. No other holder is told: each erases by itself. Answers how many records went.
 */
export async function eraseExpired(pod: Pod & Pick<Batch, 'write'>, persona: string, expiring: Expiring): Promise<number> {
  let gone = 0;
  for (let some = SLICE; some === SLICE;) {
    some = expiring.local ? await pod.write(() => eraseLocals(pod, persona, expiring)) : await pod.write(() => eraseSome(pod, persona, expiring));
    gone += some;
  }
  return gone;
}

/** The oldest entries of a collection, as far as they have had their time: in a lane each is later than the one before. */
function dueIn(pod: Pod, { lanes }: PersonaState, { service, collection, cutoff }: Expiring): { lane: number; seq: number; key: string }[] {
  const due: { lane: number; seq: number; key: string }[] = [];
  for (const { ref: lane, ...of } of lanes) {
    if (of.service !== service || of.collection !== collection || due.length >= SLICE) continue;
    const oldest = pod.sql.oldest.all(lane, SLICE - due.length), fresh = oldest.findIndex(({ at }) => at >= cutoff);
    for (const { seq, key } of fresh < 0 ? oldest : oldest.slice(0, fresh)) due.push({ lane, seq, key });
  }
  return due;
}

function eraseSome(pod: Pod, persona: string, expiring: Expiring): number {
  const state = pod.personas.get(persona);
  // They left in between.
  if (!state) return 0;
  const { sql } = pod, { service, collection } = expiring;
  const due = dueIn(pod, state, expiring);
  for (const { lane, seq, key } of due) {
    sql.eraseEntry.run(lane, seq);
    sql.dropRemoval.run(lane, seq);
    const conflict = sql.conflictAt.get(lane, seq);
    if (conflict) sql.dropConflict.run(conflict.id);
    const row = sql.row.get(state.ref, service, collection, key);
    if (!row) nameBlobs(pod, state.ref, { service, collection, key });
    if (row?.lane !== lane || row.seq !== seq) continue;
    sql.dropRow.run(row.pos);
    sql.dropMoves.run(state.ref, service, collection, key);
    nameBlobs(pod, state.ref, { service, collection, key });
    // The place of the row that went: nothing new stands anywhere.
    pod.changes.push({ persona, service, collection, key, pos: row.pos, op: 'remove', audience: row.audience, at: row.at, author: row.author, body: null });
  }
  if (due.length > 0) settled(pod, state, `${service}/${collection}`);
  return due.length;
}

const NOTHING = new Uint8Array(32);

function settled(pod: Pod, state: PersonaState, name: string): void {
  state.counts.delete(name);
  holdPlace(pod, state);
}

/** Positions never go back: where the newest went, a mark without a name holds its place. Inside a transaction only. */
export function holdPlace(pod: Pod, state: PersonaState): void {
  const newest = pod.sql.last.get()?.pos ?? 0;
  if (newest < pod.last) pod.sql.local.put.run(pod.last, state.ref, '', '', '', '0'.repeat(16), 'remove', NOTHING, null);
}

function eraseLocals(pod: Pod, persona: string, { service, collection, cutoff }: Expiring): number {
  const state = pod.personas.get(persona);
  if (!state) return 0;
  const due = pod.sql.local.expired.all(state.ref, service, collection, cutoff, SLICE);
  for (const { pos, key, at } of due) {
    pod.sql.local.drop.run(pos);
    nameBlobs(pod, state.ref, { service, collection, key });
    pod.changes.push({ persona, service, collection, key, pos, op: 'remove', audience: 'only-me', at, author: null, body: null });
  }
  if (due.length > 0) settled(pod, state, `${service}/${collection}`);
  return due.length;
}
