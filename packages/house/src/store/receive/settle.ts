import { clockMs, toBase64Url } from '@commonhold/core';
import { closedAt } from '../pod/closes.ts';
import type { Pen } from '../pod/draft.ts';
import type { Pod } from '../pod/pod.ts';
import type { LaneHead, PersonaState } from '../pod/types.ts';
import { chainOver } from './chain.ts';
import { mergeIn, merging, type Merging } from './merge.ts';
import { checkedOf, laneText, lineOf } from './tail.ts';
import type { Checked, ParkedWhy, Received } from './types.ts';

/** How far ahead of this machine's clock a record may be (ms). */
export const AHEAD_MS = 10 * 60_000;

/**
 * Lets in of a lane what counts now, in its order: what waited, then what came. The rest waits: a clock that is ahead, or a
 * revoked device that nobody vouches for (spec/record.md). Inside a transaction only.
 */
export function settleLane(pod: Pod, persona: PersonaState, pen: Pen, lane: LaneHead, fresh: readonly Checked[] = []): Omit<Received, 'known'> {
  const parked = pod.sql.parked.all(lane.ref);
  const pending = [...parked.map(checkedOf), ...fresh];
  if (pending.length === 0) return { applied: 0, parked: 0, conflicts: 0 };
  const { good, why } = vouchedUpTo(pod, pen, { persona, lane, pending });
  const latest = pen.now() + AHEAD_MS;
  let due = 0;
  while (due < pending.length && mayCome(pending[due]!, good, latest)) due++;
  const work = merging(pod, persona);
  takeIn(work, pen, lane, pending.slice(0, due));
  if (parked.length > 0 && due > 0) pod.sql.unpark.run(lane.ref, pending[due - 1]!.seq);
  park(pod, lane, pending.slice(due), { good, why });
  return { applied: due, parked: Math.min(fresh.length, pending.length - due), conflicts: work.conflicts };
}

const mayCome = (entry: Checked, good: number, latest: number): boolean => entry.why === 'erased' || (entry.seq <= good && !isAhead(entry, latest));

const isAhead = ({ envelope }: Checked, latest: number): boolean => envelope !== null && clockMs(envelope.at) > latest;

/** Moves the lane's head over entries that are merged. */
function takeIn(work: Merging, { suite }: Pen, lane: LaneHead, entries: readonly Checked[]): void {
  if (entries.length === 0) return;
  const { pod, persona } = work;
  for (const entry of entries) mergeIn(work, lane, entry);
  const known = entries.findLastIndex(({ chain }) => chain !== null);
  lane.chain = chainOver(suite, entries[known]?.chain ?? lane.chain, entries.slice(known + 1));
  lane.seq = entries.at(-1)!.seq;
  const clock = entries.findLast(({ envelope }) => envelope !== null)?.envelope?.at ?? pod.sql.laneClock.get(lane.ref)?.clock ?? '';
  pod.sql.moveLane.run(lane.seq, lane.chain, clock, lane.ref);
  if (clock > persona.clock) persona.clock = clock;
}

interface Vouched { good: number; why: ParkedWhy }
interface Lane { persona: PersonaState; lane: LaneHead; pending: readonly Checked[] }

/** The last number of a lane that counts by its device's rights: any, unless the device was revoked. */
function vouchedUpTo(pod: Pod, { suite }: Pen, { persona, lane, pending }: Lane): Vouched {
  if (persona.keyLog.devices.get(lane.device)?.revokedAt === undefined) return { good: Infinity, why: 'unseen' };
  const close = closedAt(pod, persona, { device: lane.device, lane: laneText(lane) });
  const end = pending.at(-1)?.seq ?? lane.seq;
  if (close && close.seq <= end) {
    const isClosed = close.seq < lane.seq || toBase64Url(chainOver(suite, lane.chain, pending.filter(({ seq }) => seq <= close.seq))) === close.chain;
    return { good: isClosed ? close.seq : 0, why: 'after_close' };
  }
  // What waited for its time alone when the device was revoked had been seen before.
  return { good: pending.findLast(({ why }) => why === 'ahead')?.seq ?? lane.seq, why: 'unseen' };
}

function park(pod: Pod, { ref }: LaneHead, entries: readonly Checked[], { good, why }: Vouched): void {
  let until: number | null = null;
  for (const entry of entries) {
    const { seq, envelope } = entry;
    if (entry.why === 'erased') continue;
    const counts = seq <= good;
    if (envelope) until = clockMs(envelope.at) - AHEAD_MS;
    pod.sql.park.run(ref, seq, entry.id, counts ? 'ahead' : why, envelope?.at ?? null, counts ? until : null, lineOf(entry));
  }
  pod.due = pod.sql.parkedDue.get()?.until ?? Infinity;
}
