import type { EntryLine } from '@commonhold/core';
import type { Pen } from '../pod/draft.ts';
import type { Pod } from '../pod/pod.ts';
import type { LaneHead, PersonaState } from '../pod/types.ts';
import { settleLane } from './settle.ts';
import { bytesOf } from './tail.ts';

/** Erases what waited, so that its number and id alone are left in the chain. Inside a transaction only. */
export function stripParked(pod: Pod, persona: PersonaState, pen: Pen, { lane, entries }: { lane: LaneHead; entries: readonly EntryLine[] }): void {
  for (const { envelope: _envelope, body: _body, salt: _salt, offer: _offer, ...bare } of entries) {
    pod.sql.park.run(lane.ref, bare.seq, bytesOf(bare.id), 'erased', null, null, JSON.stringify(bare));
  }
  settleLane(pod, persona, pen, lane);
}
