import type { Config } from '../../config/config.ts';
import { clock, descriptors, disk, memory } from '../../health/machine.ts';
import { dns, theOutside } from '../../health/reach.ts';
import type { Tile } from '../../health/tile.ts';
import { wordsFor } from '../../health/words.ts';
import type { RunningHouse } from '../control.ts';
import type { Finding } from './finding.ts';

const STATES = { good: 'well', watch: 'note', act: 'ill' } as const;

/** What the stewards' Health page shows, from the running house; from here, as far as can be seen, where none answers. */
export async function health({ data, site, origin }: Config, running: RunningHouse | null, pid: number | undefined): Promise<Finding[]> {
  const tiles = await running?.health().catch(() => null) ?? await lookFromHere(data, site?.domain ?? (origin === null ? null : new URL(origin).hostname), pid);
  return tiles.map(findingOf);
}

async function lookFromHere(data: string, domain: string | null, pid: number | undefined): Promise<Tile[]> {
  return [...(domain === null ? [] : [await dns(domain, theOutside)]), disk(data), memory(0), clock(), descriptors(pid)];
}

function findingOf(tile: Tile): Finding {
  const { what, says, todo } = wordsFor(tile);
  return { what, state: STATES[tile.state], says, ...(todo !== null && { todo }) };
}
