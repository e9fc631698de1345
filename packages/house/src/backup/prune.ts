import { dropBackup, idsAt, pieceAt, piecesAt, readManifest } from './lists.ts';
import type { Place } from './place.ts';
import { makePool } from './pool.ts';

/** How many backups stay: the newest of so many days, weeks and months. */
export interface Keep { daily: number; weekly: number; monthly: number }

const DAY = 86_400_000;

/** The time of a backup, by its id (ms). */
export const timeOf = (id: string): number => Number.parseInt(id.slice(0, 12), 16);

/** Which of these stay, ids given the newest first: of every day, week and month that has one, the newest. The newest of all always stays. */
export function kept(ids: readonly string[], { daily, weekly, monthly }: Keep): Set<string> {
  const stay = new Set(ids.slice(0, 1));
  const spans: [number, (ms: number) => number | string][] = [
    [daily, (ms) => Math.floor(ms / DAY)], [weekly, (ms) => Math.floor((ms / DAY + 3) / 7)], [monthly, (ms) => new Date(ms).toISOString().slice(0, 7)],
  ];
  for (const [most, spanOf] of spans) {
    const seen = new Set<number | string>();
    for (const id of ids) {
      const span = spanOf(timeOf(id));
      if (seen.has(span)) continue;
      if (seen.size >= most) break;
      seen.add(span);
      stay.add(id);
    }
  }
  return stay;
}

/**
 * Takes away backups that need not stay, and then the pieces that none names. Nothing else may be at work at the place. Where a list cannot
 * be read, nobody knows what it names: then no piece goes.
 */
export async function prune(place: Place, keep: Keep): Promise<{ dropped: number; freed: number }> {
  const ids = await idsAt(place), stay = kept(ids, keep);
  const named = new Set<string>();
  let isWhole = true;
  for (const id of stay) {
    const manifest = await readManifest(place, id).catch(() => null);
    if (!manifest) isWhole = false;
    for (const { pieces } of manifest?.files ?? []) for (const name of pieces) named.add(name);
  }
  const gone = ids.filter((id) => !stay.has(id));
  for (const id of gone) await dropBackup(place, id);
  await place.at.settle();
  if (!isWhole) return { dropped: gone.length, freed: 0 };
  const pool = makePool(8);
  let freed = 0;
  for (const name of await piecesAt(place)) if (!named.has(name)) { freed++; await pool.add(() => place.at.remove(pieceAt(name))); }
  await pool.done();
  await place.at.tidy('');
  return { dropped: gone.length, freed };
}
