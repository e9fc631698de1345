import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts';
import type { KeyLogState } from '../identity/keylog.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { chainNext, chainStart } from './chain.ts';
import { verifyLaneClose, type LaneClose } from './close.ts';
import type { Lane } from './lane.ts';
import { verifyLog, type LogEntry, type LogSummary } from './log.ts';

/** How much of a lane a receiver held when it first saw the device revoked. `chain`: base64url, chain_seq. */
export interface Held { seq: number; chain: string }

/** Why records are set aside: beyond what the revoker vouches for, another history than the revoker's, or not seen before. */
export type ParkedWhy = 'beyond_close' | 'not_as_closed' | 'not_seen_before';

/** What counts in a lane: records 1 to `good`. Those after it are set aside for the person to judge, not lost. */
export interface LaneVerdict extends LogSummary { good: number; parked: number; why?: ParkedWhy }

/** A lane with what may speak for it. */
export interface ClosedLane {
  announcement: unknown; entries: readonly LogEntry[]; keyLog: KeyLogState;
  /** The lane-close, where one came with the lane. */
  close?: unknown;
  held?: Held;
}

/**
 * Verifies a lane whose device may have been revoked. Codes: those of `verifyLog` and `verifyLaneClose`, close_of_other_lane.
 * The lane's chain must match the close or what was held: a revoked device can sign a second history, never the same one.
 */
export function verifyClosedLog(suite: Suite, of: ClosedLane): Result<LaneVerdict> {
  const summary = verifyLog(suite, of);
  if (!summary.ok) return summary;
  const { lane, entries } = summary.value;
  // A reverted move gives the old pod device its rights back: a close from in between says nothing any more.
  if (of.keyLog.devices.get(lane.device)!.revokedAt === undefined) return yes({ ...summary.value, good: entries, parked: 0 });
  const close = of.close === undefined ? yes(null) : checkClose(suite, of.close, lane, of.keyLog);
  if (!close.ok) return close;
  const matches = ({ seq, chain }: Held): boolean => seq <= entries && chainAt(suite, lane, of.entries, seq) === chain;
  const { good, why } = judge(entries, close.value, of.held, matches);
  return yes({ ...summary.value, good, parked: entries - good, ...(good < entries ? { why } : {}) });
}

// A lane that ends before the close cannot show yet that it is the closed one: only what was held counts until the rest comes.
function judge(
  entries: number, close: LaneClose | null, held: Held | undefined, matches: (at: Held) => boolean,
): { good: number; why: ParkedWhy } {
  if (close && close.seq <= entries) return matches(close) ? { good: close.seq, why: 'beyond_close' } : { good: 0, why: 'not_as_closed' };
  return { good: held && matches(held) ? held.seq : 0, why: 'not_seen_before' };
}

function checkClose(suite: Suite, signed: unknown, lane: Lane, keyLog: KeyLogState): Result<LaneClose> {
  const close = verifyLaneClose(suite, signed, keyLog);
  if (!close.ok) return close;
  const same = close.value.device === lane.device && close.value.lane === lane.lane;
  return same ? close : no('close_of_other_lane', 'The lane-close is of another lane.', 'close');
}

function chainAt(suite: Suite, { persona, device, lane }: Lane, entries: readonly LogEntry[], seq: number): string {
  const start = chainStart(suite, persona, fromBase64Url(device)!, fromBase64Url(lane)!);
  return toBase64Url(entries.slice(0, seq).reduce((chain, { id }) => chainNext(suite, chain, fromBase64Url(id)!), start));
}
