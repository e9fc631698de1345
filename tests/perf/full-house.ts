import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '@commonhold/core';
import { startServer } from './channel.ts';
import { numbers } from './content.ts';
import type { HouseReady } from './house-server.ts';
import { request } from './load.ts';
import { openOthers } from './others.ts';
import { median } from './pairs.ts';
import { row, unmeasured, type BenchRow, type Setting, type Topic } from './row.ts';

const atMost = (limit: number): Topic['budget'] => ({ of: 'value', limit });

/** What a full house, started as `npm start` does once npm itself is there, takes. The bare figure is a Node that does nothing. */
export const FULL_HOUSE = {
  boot: { name: 'boot with 300 pods to the first firewalled read', unit: 'ms', budget: atMost(1000) },
  idle: { name: 'memory, 300 pods idle', unit: 'MiB RSS', budget: atMost(150) },
  busy: { name: 'memory, 300 pods busy', unit: 'MiB RSS, the most seen', budget: atMost(300) },
} as const satisfies Record<string, Topic>;

const PEOPLE = 300;
const PATIENCE = 20_000;

/** Fills a house, ends it, starts it anew and watches it: first quiet, then with everybody in it. */
export async function measureFullHouse({ root, temp, quick }: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const data = join(temp, 'full-house');
  const filling = await startServer<HouseReady>(join(import.meta.dirname, 'house-server.ts'), [data, String(PEOPLE), '6000']);
  const ready = filling.ready;
  await filling.stop();
  const nothing = memoryOf(process.pid, 0);
  try {
    const boots: number[] = [];
    for (let n = 0; n < (quick ? 1 : 5); n++) await started(root, data, ready, n, async (_, ms) => { boots.push(ms); });
    const found = await started(root, data, ready, 99, async (child) => ({ idle: await quiet(child), busy: await busy(child, ready, quick ? 1000 : 10_000) }));
    const rows = [
      row(FULL_HOUSE.boot, { value: median(boots), baseline: 0 }),
      row(FULL_HOUSE.idle, { value: found.idle, baseline: nothing }),
      row(FULL_HOUSE.busy, { value: found.busy, baseline: nothing }),
    ];
    return rows.filter((_, i) => wanted(Object.values(FULL_HOUSE)[i]!));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Object.values(FULL_HOUSE).filter(wanted).map((topic) => unmeasured(topic, error.message));
  }
}

interface Started { pid: number; port: number }

// A port of its own each time, so that nothing of the one before is in the way.
async function started<T>(root: string, data: string, { posts, residents }: HouseReady, n: number, work: (house: Started, ms: number) => Promise<T>): Promise<T> {
  const port = 20_000 + (process.pid % 5000) * 4 + n % 4;
  const { persona, key } = posts[numbers(n + 3)(posts.length)]!;
  const from = performance.now();
  const child = spawn(process.execPath, [join(root, 'scripts', 'launch.mjs'), 'start'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...process.env, COMMONHOLD_DATA: data, COMMONHOLD_PORT: String(port) },
  });
  const gone = once(child, 'exit');
  try {
    const url = `http://127.0.0.1:${port}/pods/${persona}/microblog/posts/${key}`;
    const headers = { host: `localhost:${port}`, authorization: `Bearer ${residents[1]!.session}` };
    while (!await read(url, headers)) {
      if (child.exitCode !== null || performance.now() - from > PATIENCE) throw new Refusal('unavailable', 'no_start', 'the house did not start');
      await wait(5);
    }
    return await work({ pid: child.pid!, port }, performance.now() - from);
  } finally { await end(child, gone); }
}

async function end(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  await gone;
}

const read = (url: string, headers: Record<string, string>): Promise<boolean> =>
  fetch(url, { headers: { ...headers, connection: 'close' } }).then(async (answer) => { await answer.arrayBuffer(); return answer.ok; }, () => false);

// The pods behind the first one are opened, and rest: until the figure stays.
async function quiet({ pid }: Started): Promise<number> {
  for (let last = 0; ;) {
    await wait(1500);
    const now = memoryOf(pid, 0);
    if (Math.abs(now - last) < 1) return now;
    last = now;
  }
}

// With 300 that listen, as many connections as a house takes from one address.
const ASKING = 200;

/** People read, every tenth writes, all of them listen. */
async function busy({ pid, port }: Started, { residents, posts }: HouseReady, ms: number): Promise<number> {
  const asked = residents.map(({ session }, i) => [
    request(port, 'GET', '/microblog/house?first=50', { session }),
    request(port, 'GET', '/microblog/home?first=50', { session }),
    request(port, 'GET', `/pods/${posts[i]!.persona}/microblog/posts/${posts[i]!.key}`, { session }),
    i % 10 === 0 ? request(port, 'POST', '/microblog/posts', { session, body: { text: 'Who has the key?', audience: 'house' } }) : request(port, 'GET', '/news', { session }),
  ]);
  const listening = new AbortController();
  await Promise.all(residents.map(({ session }) => fetch(`http://localhost:${port}/live`, { headers: { authorization: `Bearer ${session}` }, signal: listening.signal })));
  const others = await openOthers(port, ASKING, 3, (person, n) => asked[person]![n % 4]!);
  let most = 0;
  const watching = setInterval(() => { most = memoryOf(pid, most); }, 250);
  try { await others.live(ms); } finally {
    clearInterval(watching);
    listening.abort();
    others.close();
  }
  return memoryOf(pid, most);
}

// MiB, or what was seen before where that was more.
const memoryOf = (pid: number, before: number): number => Math.max(before, Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024);
