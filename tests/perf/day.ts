import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type Measured, type Ready } from './channel.ts';
import { dayHouse } from './day-house.ts';
import type { Seeded } from './day-seed.ts';
import { openLoad, request, type Load } from './load.ts';
import { p99 } from './others.ts';
import { median } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

const topic = (name: string): Topic => ({ name: `a day in the life: ${name}`, unit: 'µs of server CPU, the most of 99 in 100 (bare: its 50-row page)', budget: { of: 'ratio', limit: 5 } });

/** 300 people, 30,000 posts, 200,000 likes, threads of 200: what each request takes, one at a time, of everybody in turn. */
export const DAY = {
  home: topic('home'), house: topic('house'), thread: topic('thread of 200'), profile: topic('profile'), search: topic('search'), news: topic('notifications'),
} as const satisfies Record<string, Topic>;

const FULL = [300, 30_000, 200_000, 200], SMALL = [20, 400, 600, 20];
const SEARCHES = ['altos', 'tuesday brew', '"four more chairs"', 'tram', 'car', 'from:person7 chord', 'somebody with a key', '12345', 'b', 'has:link', '#choir', 'person12'];
/** Measures the wanted ones of `DAY`, by turns with the bare server's page. */
export async function measureDay({ root, temp, quick }: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const scale = quick ? SMALL : FULL;
  const folders = ['day', 'day-bare'].map((name) => join(temp, name));
  for (const folder of folders) mkdirSync(folder);
  const { data, ...seeded } = await dayHouse(root, folders[0]!, scale);
  const house = await startServer(join(import.meta.dirname, 'day-server.ts'), [data]);
  const bare = await startServer(join(import.meta.dirname, 'baseline-server.ts'), [folders[1]!, String(scale[1]), '0']);
  const page = request(bare.ready.port, 'GET', '/posts');
  const sides = [await openSide(house), await openSide(bare)] as const;
  try {
    const rows: BenchRow[] = [];
    for (const [name, about] of Object.entries(DAY)) {
      if (!wanted(about)) continue;
      const asks = asked({ ...house.ready, ...seeded }, name as keyof typeof DAY);
      const taken: [number[], number[]] = [[], []];
      // The first rounds warm both up: a house that has been asked for a while is measured, not what its engine makes of its code.
      const [warm, rounds] = quick ? [1, 2] : [3, 6];
      for (let n = 0; n < rounds * asks.length; n++) {
        const pair = [await takes(sides[0], asks[n % asks.length]!), await takes(sides[1], page)] as const;
        if (n >= warm * asks.length) for (const i of [0, 1] as const) taken[i].push(pair[i]);
      }
      rows.push(row(about, { value: p99(taken[0]), baseline: p99(taken[1]) }));
    }
    return rows;
  } finally {
    for (const { load } of sides) load.close();
    await Promise.all([house.stop(), bare.stop()]);
  }
}

/** A server, one connection to it, and what it takes it to be asked what it has used. */
interface Side { server: Measured<Ready>; load: Load; asking: number }

async function openSide(server: Measured<Ready>): Promise<Side> {
  const asking: number[] = [];
  for (let n = 0; n < 200; n++) asking.push(-await server.cpu() + await server.cpu());
  return { server, load: await openLoad(server.ready.port, 1), asking: median(asking) };
}

// Load drives at least one request, however short the time.
async function takes({ server, load, asking }: Side, one: Buffer): Promise<number> {
  const before = await server.cpu();
  await load.slice(0, () => one);
  return Math.max(1, await server.cpu() - before - asking);
}

// Of everybody in turn, so that nobody's is remembered; pages as long as the app asks for, timelines as long as the bare server's.
function asked({ port, residents, threads }: Ready & Seeded, name: keyof typeof DAY): Buffer[] {
  const get = (path: string, session: string) => request(port, 'GET', path, { session });
  return residents.map(({ session }, i) => {
    const other = residents[(i * 7 + 1) % residents.length]!.persona;
    const { persona, key } = threads[i % threads.length]!;
    return {
      home: () => get('/microblog/home?first=50', session), house: () => get('/microblog/house?first=50', session),
      thread: () => get(`/microblog/thread/${persona}/${key}`, session), profile: () => get(`/microblog/by/${other}?first=50`, session),
      search: () => get(`/microblog/search?q=${encodeURIComponent(SEARCHES[i % SEARCHES.length]!)}&first=30`, session), news: () => get('/news', session),
    }[name]();
  });
}
