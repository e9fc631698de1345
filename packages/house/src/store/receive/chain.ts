import { chainNext, chainStart, type Suite } from '@commonhold/core';
import type { LaneHead } from '../pod/types.ts';
import { bytesOf } from './tail.ts';
import type { Checked } from './types.ts';

/** Records by their ids, as bytes or as text. */
type Links = readonly ({ id: Uint8Array } | Pick<Checked, 'line'>)[];

/** The chain after these records. */
export const chainOver = (suite: Suite, chain: Uint8Array, entries: Links): Uint8Array => 
  entries.reduce((link, entry) => chainNext(suite, link, 'id' in entry ? entry.id : bytesOf(entry.line.id)), chain);

/** The chain of a lane after its first records. */
export function chainFrom(suite: Suite, persona: string, { device, lane }: Pick<LaneHead, 'device' | 'lane'>): (entries: Links) => Uint8Array {
  const start = chainStart(suite, persona, bytesOf(device), lane);
  return (entries) => chainOver(suite, start, entries);
}
