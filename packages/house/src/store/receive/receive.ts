import { chainStart, Refusal, type EntryLine, type LaneLine } from '@commonhold/core';
import type { Pen } from '../pod/draft.ts';
import type { Batch } from '../pod/batch.ts';
import type { Pod } from '../pod/pod.ts';
import type { LaneHead, PersonaState } from '../pod/types.ts';
import { prepare } from './prepare.ts';
import { settleLane } from './settle.ts';
import { withdraw } from './withdraw.ts';
import { bytesOf, laneText, tailOf } from './tail.ts';
import type { LaneBatch, Received, ReceiveRules } from './types.ts';

/** What receiving needs beside the pod. `pause` gives way to others between slices; none in a bench. */
export interface Receiving { pen: Pen; rules: ReceiveRules; pause?: () => Promise<void> }

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
const lines = new WeakMap<Pod, Promise<unknown>>();

/**
 * Takes in what a persona's other devices wrote: lanes and entries as in an export, in any order, all or nothing; yes means on
 * disk. What is here already changes nothing. Refuses what `prepare` refuses.
 */
export function receive(pod: Pod & Pick<Batch, 'write'>, persona: string, { pen, rules, pause = turn }: Receiving, said: readonly (LaneLine | EntryLine)[]): Promise<Received> {
  return inTurn(pod, async () => {
    const state = stateOf(pod, persona);
    const batches = await prepare({ pod, persona: state, pen, rules, pause }, said);
    return pod.write(() => roomy(pod, batches, () => take(pod, stateOf(pod, persona), pen, batches)));
  });
}

const MANY = 2000;

/** Keys are random, so many of them touch every page of their index: with the little memory of a pod each page would go to the disk again and again. */
function roomy<T>({ db }: Pod, batches: readonly LaneBatch[], work: () => T): T {
  if (batches.reduce((sum, { fresh }) => sum + fresh.length, 0) < MANY) return work();
  db.exec('PRAGMA cache_size=-65536');
  try { return work(); } finally { db.exec('PRAGMA cache_size=-512'); }
}

// Of one pod one at a time: what was checked against the end of a lane must still be true when it is written.
function inTurn<T>(pod: Pod, work: () => Promise<T>): Promise<T> {
  const done = (lines.get(pod) ?? Promise.resolve()).then(work);
  lines.set(pod, done.catch(() => {}));
  return done;
}

function stateOf(pod: Pod, persona: string): PersonaState {
  const state = pod.personas.get(persona);
  if (!state) throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');
  return state;
}

function take(pod: Pod, persona: PersonaState, pen: Pen, batches: readonly LaneBatch[]): Received {
  const sum: Received = { applied: 0, known: 0, parked: 0, conflicts: 0 };
  for (const batch of batches) {
    sum.known += batch.known;
    const { applied, parked, conflicts } = settleLane(pod, persona, pen, laneOf(pod, persona, pen, batch), batch.fresh);
    sum.applied += applied;
    sum.parked += parked;
    sum.conflicts += conflicts;
  }
  return sum;
}

function laneOf(pod: Pod, persona: PersonaState, pen: Pen, { lane, statement, announcement, from }: LaneBatch): LaneHead {
  if (!lane) return openLane(pod, persona, pen, { statement, announcement });
  const now = persona.lanes.find(({ ref }) => ref === lane.ref);
  if (now && tailOf(pod, pen.suite, now).seq === from) return now;
  // This house wrote into the very lane meanwhile: it was its own.
  throw new Refusal('unavailable', 'try_again', `The lane ${laneText(lane)} has just grown. Please try again.`, { retryAfter: 1 });
}

function openLane(pod: Pod, persona: PersonaState, { suite }: Pen, { statement, announcement }: Pick<LaneBatch, 'statement' | 'announcement'>): LaneHead {
  const { service, collection, audience, device } = statement;
  const lane = bytesOf(statement.lane);
  const chain = chainStart(suite, persona.persona, bytesOf(device), lane);
  const ref = pod.sql.putLane.run(persona.ref, service, collection, audience, device, lane, JSON.stringify(announcement), chain, '').lastInsertRowid;
  const head: LaneHead = { ref, service, collection, audience, device, lane, seq: 0, chain };
  persona.lanes.push(head);
  return head;
}

/** Lets in what has waited for its time, in pods that are open. */
export async function settleDue(pods: Iterable<Pod & Pick<Batch, 'write'>>, pen: Pen): Promise<void> {
  for (const pod of pods) {
    if (pod.due > pen.now()) continue;
    await pod.write(() => { for (const persona of pod.personas.values()) for (const lane of persona.lanes) settleLane(pod, persona, pen, lane); });
  }
}

/**
 * Looks again at every lane of other devices after the key log or a lane-close said something new: what counts no more is set aside,
 * what counts now comes in. Inside a transaction only.
 */
export function settleLanes(pod: Pod, persona: PersonaState, pen: Pen): void {
  for (const lane of persona.lanes) {
    if (lane.device === persona.device) continue;
    withdraw(pod, persona, pen, lane);
    settleLane(pod, persona, pen, lane);
  }
}
