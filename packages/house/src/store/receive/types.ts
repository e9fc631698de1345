import type { EntryLine, Envelope, Lane, Signed } from '@commonhold/core';
import type { LaneHead } from '../pod/types.ts';

/** What of an envelope a merge goes by: a hundred thousand of them may wait for one write. */
export type Gist = Pick<Envelope, 'service' | 'collection' | 'device' | 'key' | 'at' | 'rev' | 'base' | 'op' | 'author'>;

/**
 * A record of another device that was checked; `body`: its canonical text; `blobs`: those that it names. `envelope` null: erased
 * before it came. `why` it waits, if it was here before; `erased`: a choice of the person's took its content away. `chain`: the
 * chain up to it, where it is known.
 */
export interface Checked {
  seq: number; id: Uint8Array; envelope: Gist | null; body: string | null; blobs: readonly string[]; line: EntryLine; why: ParkedWhy | 'erased' | null; chain: Uint8Array | null;
}

/** Why a record does not count yet: its clock is ahead, or its device was revoked and nobody vouches for it. */
export type ParkedWhy = 'ahead' | 'after_close' | 'unseen';

/** What came of a call: records that count now, were here before, wait; and how many lost against what was made without knowing of them. */
export interface Received { applied: number; known: number; parked: number; conflicts: number }

/** What the contracts say of records; each throws a Refusal. Asked of what is new alone. */
export interface ReceiveRules {
  lane(lane: Lane): void;
  /** The blobs that the body names. `bytes`: of its canonical text. */
  record(envelope: Envelope, beside: Pick<EntryLine, 'body' | 'offer'>, bytes: number): readonly string[];
}

/** The checked rest of one lane: what comes after `from`, the last number that was here. */
export interface LaneBatch {
  statement: Lane;
  announcement: Signed<Lane> | null;
  lane: LaneHead | null;
  from: number;
  fresh: readonly Checked[];
  known: number;
}
