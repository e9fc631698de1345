import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startServer } from './channel.ts';
import type { HouseReady } from './house-server.ts';
import { request } from './load.ts';
import { openOthers, p99, type Others } from './others.ts';
import { median } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

/** DESIGN §11: 10,000 requests a second from one caller leave other people unaffected. House: the others' p99 meanwhile; bare: when it is quiet. */
export const FLOODED: Topic = { name: "others' p99 while one asks 10,000/s", unit: 'ms, a page, a record or a post', budget: { of: 'ratio', limit: 3 } };

const OTHERS = 100;
const RATE = 10_000;

/** One house, its usual limits; 100 people who each do something twice a second, by turns with and without the one. */
export async function measureFlooded({ temp, quick }: Setting): Promise<BenchRow> {
  const house = await startServer<HouseReady>(join(import.meta.dirname, 'house-server.ts'), [join(temp, 'flooded'), String(OTHERS + 1), '3000', 'limits']);
  const { port, residents } = house.ready;
  const asked = residents.map((_, i) => deeds(house.ready, i));
  const others = await openOthers(port, OTHERS, 2, (person, n) => asked[person + 1]![(person + n) % 10]!);
  const [rounds, ms] = quick ? [1, 1000] : [5, 4000];
  try {
    await others.live(ms);
    const quiet: number[] = [];
    const loud: number[] = [];
    for (let n = 0; n < rounds; n++) {
      quiet.push(await waits(others, ms));
      loud.push(await beside(port, residents[0]!.session, () => waits(others, ms)));
    }
    return row(FLOODED, { value: median(loud), baseline: median(quiet), ratio: median(loud.map((one, i) => one / quiet[i]!)) });
  } finally {
    others.close();
    await house.stop();
  }
}

// Nine reads, half of them pages, and a post.
function deeds({ port, residents, posts }: HouseReady, person: number): Buffer[] {
  const { session } = residents[person]!;
  const { persona, key } = posts[person]!;
  const page = request(port, 'GET', '/microblog/house?first=50', { session });
  const record = request(port, 'GET', `/pods/${persona}/microblog/posts/${key}`, { session });
  const post = request(port, 'POST', '/microblog/posts', { session, body: { text: 'Has anybody seen the spare key?', audience: 'house' } });
  return [page, record, page, record, page, record, page, record, page, post];
}

async function waits(others: Others, ms: number): Promise<number> {
  const found = await others.live(ms);
  return found.good === found.waits.length ? p99(found.waits) : Infinity;
}

async function beside<T>(port: number, session: string, work: () => Promise<T>): Promise<T> {
  const flood = fork(join(import.meta.dirname, 'flood.ts'), [String(port), session, String(RATE)], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(flood, 'message');
  try { return await work(); } finally {
    const gone = once(flood, 'exit');
    flood.disconnect();
    await gone;
  }
}
