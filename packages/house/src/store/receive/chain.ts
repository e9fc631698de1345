import { chainNext, chainStart, type Suite } from '@commonhold/core';
import type { LaneHead } from '../pod/types.ts';
import { bytesOf } from './tail.ts';

/** Records by their ids. */
type Links = readonly { id: Uint8Array }[];

/** The chain after these records. */
export const chainOver = (suite: Suite, chain: Uint8Array, entries: Links): Uint8Array => 
  entries.reduce((link, entry) => chainNext(suite, link, entry.id), chain);

/** The chain of a lane after its first records. */
export function chainFrom(suite: Suite, persona: string, { device, lane }: Pick<LaneHead, 'device' | 'lane'>): (entries: Links) => Uint8Array {
  const start = chainStart(suite, persona, bytesOf(device), lane);
  return (entries) => chainOver(suite, start, entries);
}
