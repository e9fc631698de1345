import { Refusal } from '@commonhold/core';
import type { Row } from '../../store/pod/types.ts';
import type { Caller } from '../caller.ts';
import type { DataDeps } from './deps.ts';
import { sighted } from './see.ts';
import type { Target } from './target.ts';
import type { Where } from './where.ts';

/** The numbers of a watch: counted anew after changes, told when they are other than before. */
export interface Tally {
  changed(collection: string): void;
  /** Counts what has changed, unless it is being done. */
  soon(): void;
  stop(): void;
}

/** Whose collections are counted. */
interface Numbered extends Pick<Target, 'persona' | 'service'> { counts?: readonly string[] }
interface Deps { deps: DataDeps; caller: Caller; watched: Numbered; where: Where; /** False: nothing more until the watch is resumed. */ hear(text: string): boolean }

/** Between two counts of one watch: whoever writes much is not counted at each write. */
const REST_MS = 500;

/**
 * Counts the collections of a watch whose numbers are wanted, as `count` does: what the caller may read or count. Records
 * that are not theirs change no number, so nobody hears of them. `idle`: nothing may be told now; `full`: the client has fallen behind.
 */
export function makeTally({ deps, caller, watched, where, hear }: Deps, idle: () => boolean, full: () => void): Tally {
  const due = new Set(watched.counts ?? []);
  const told = new Map<string, number>();
  let busy = false;
  let rest: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    for (const collection of due) {
      if (idle()) return;
      due.delete(collection);
      const count = await counted(deps, caller, watched, { collection, where });
      if (count === told.get(collection) || idle()) continue;
      told.set(collection, count);
      if (!hear(JSON.stringify({ collection, count }))) full();
    }
  };
  const soon = (): void => {
    if (busy || rest || due.size === 0 || idle()) return;
    busy = true;
    // Who may count no longer is told nothing more; the watch itself ends by its own rights.
    run().catch((error: unknown) => { if (!(error instanceof Refusal)) deps.onError(error); }).finally(() => {
      busy = false;
      rest = setTimeout(() => { rest = undefined; soon(); }, REST_MS).unref();
    });
  };
  return { soon, changed: (collection) => { due.add(collection); }, stop: () => { clearTimeout(rest); due.clear(); } };
}

async function counted({ open, scan }: DataDeps, caller: Caller, watched: Numbered, { collection, where }: { collection: string; where: Where }): Promise<number> {
  const eyes = sighted(open(caller, watched), collection, 'read', 'count');
  const audiences = new Map<string, Row>();
  let count = 0;
  await scan(eyes.access, collection, where.keys, (row) => {
    const sight = eyes.see(row);
    if (!sight || !where.matches(sight)) return;
    count++;
    audiences.set(row.audience, row);
  });
  for (const row of audiences.values()) eyes.access.delivered(row, 'count');
  return count;
}
