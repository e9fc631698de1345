import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { openHouse, type OpenHouse } from '@commonhold/house';
import { startServer } from './channel.ts';
import { postText } from './content.ts';
import type { HouseReady } from './house-server.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

/** Backups of a full house into a folder of the same disk, while it goes on. The bare figure is a copy of its data folder, not of one moment. */
export const BACKUPS = {
  first: { name: 'first backup of 300 pods', unit: 's', budget: { of: 'value', limit: 30 } },
  nightly: { name: 'nightly backup of 300 pods, 30 of them written', unit: 's', budget: { of: 'value', limit: 10 } },
  held: { name: 'longest that a write waits for a backup of 300 pods', unit: 'ms', budget: { of: 'value', limit: 1000 } },
} as const satisfies Record<string, Topic>;

const PEOPLE = 300, POSTS = 6000, WRITERS = 30;
const WISH = { on: false, hour: 4, keep: { daily: 7, weekly: 4, monthly: 6 } };

/** Fills a house, opens it without its doors, backs it up twice, with somebody who writes all the time. */
export async function measureBackups({ temp, quick }: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const data = join(temp, 'backed-up'), path = join(temp, 'backups');
  const filling = await startServer<HouseReady>(join(import.meta.dirname, 'house-server.ts'), [data, String(quick ? 20 : PEOPLE), String(quick ? 200 : POSTS)]);
  const { residents } = filling.ready;
  await filling.stop();
  const bare = bareCopy(data, join(temp, 'copied'));
  const house = await openHouse({ data }, (error) => { throw error; });
  try {
    const write = (who: number, n: number): Promise<unknown> => house.microblog.post({ kind: 'person', persona: residents[who]!.persona, session: 'bench' }, { text: postText(n), audience: 'house' });
    await house.backups.setSettings({ ...WISH, target: { kind: 'folder', path } });
    // All pods are open, as in a house that has been up for a while.
    await house.views.ask(() => null);
    let held = 0;
    const timed = async (): Promise<number> => {
      const most = keepWriting((n) => write(0, n));
      const seconds = await backedUp(house);
      held = Math.max(held, await most());
      return seconds;
    };
    const first = await timed();
    for (let who = 1; who < Math.min(WRITERS, residents.length); who++) await write(who, who);
    const nightly = await timed();
    const rows = [row(BACKUPS.first, { value: first, baseline: bare }), row(BACKUPS.nightly, { value: nightly, baseline: bare }), row(BACKUPS.held, { value: held, baseline: 0 })];
    return rows.filter((_, i) => wanted(Object.values(BACKUPS)[i]!));
  } finally { await house.close(); }
}

function bareCopy(from: string, to: string): number {
  const begun = performance.now();
  cpSync(from, to, { recursive: true });
  const seconds = (performance.now() - begun) / 1000;
  rmSync(to, { recursive: true });
  return seconds;
}

async function backedUp({ backups, jobs }: OpenHouse): Promise<number> {
  const begun = performance.now();
  const { state, failed } = await jobs.ended('house', backups.start().id);
  if (state !== 'done') throw new Refusal('unavailable', failed?.code ?? state, failed?.say ?? 'The backup did not come to its end.');
  return (performance.now() - begun) / 1000;
}

/** One write after the other until the answer is called, which says how long the longest took (ms). */
function keepWriting(write: (n: number) => Promise<unknown>): () => Promise<number> {
  let going = true, most = 0;
  const work = (async () => {
    for (let n = 0; going; n++) {
      const begun = performance.now();
      await write(n);
      most = Math.max(most, performance.now() - begun);
      await new Promise((next) => { setTimeout(next, 20); });
    }
  })();
  return async () => { going = false; await work; return most; };
}
