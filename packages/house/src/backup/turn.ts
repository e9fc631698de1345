import { Refusal } from '@commonhold/core';
import type { Place } from './place.ts';

const RUNNING = 'running/';
/** How often a mark is renewed, and after how long one that was not is nobody's (ms). */
const RENEW = 5 * 60_000, DEAD = 60 * 60_000;

/**
 * Takes the turn at a place: whoever writes or clears there says so first and looks then, so that of two at least one sees the other and
 * steps back (`backup_busy`). A mark of this machine's own is left over from a run that was killed. Answers how to give the turn back.
 */
export async function takeTurn({ at }: Place, machine: string, now: () => number): Promise<() => Promise<void>> {
  const mine = RUNNING + machine;
  const say = (): Promise<void> => at.put(mine, Buffer.from(String(now())));
  await say();
  for await (const name of at.list(RUNNING)) {
    if (name === mine) continue;
    const since = Number((await at.get(name))?.toString() ?? 0);
    if (now() - since > DEAD) { await at.remove(name); continue; }
    await at.remove(mine);
    throw new Refusal('conflict', 'backup_busy', 'Another machine is making a backup there right now. Nothing was changed; try again in an hour.');
  }
  const renewing = setInterval(() => { say().catch(() => {}); }, RENEW).unref();
  return async () => { clearInterval(renewing); await at.remove(mine); };
}
