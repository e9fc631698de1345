import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type Measured } from './channel.ts';
import { FULL, numbers, postText, SMALL } from './content.ts';
import type { HouseReady } from './house-server.ts';
import { openLoad, request, type Load } from './load.ts';
import { alternate, summary } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

const CPU = 'µs of server CPU a request';
const atMost = (limit: number): Topic['budget'] => ({ of: 'ratio', limit });

/** The rows that need a house behind its web door. */
export const HTTP = {
  read: { name: 'firewalled read of one record', unit: CPU, budget: atMost(2.5) },
  house: { name: 'house timeline of 50', unit: CPU, budget: atMost(3.5) },
  home: { name: 'home timeline of 50, following 300', unit: CPU, budget: atMost(3.5) },
  open: { name: 'public page of 20 posts, as HTML', unit: CPU, budget: atMost(5) },
  create: { name: 'durable create over 100 pods, CPU', unit: CPU, budget: atMost(5) },
  rate: { name: 'durable create over 100 pods, rate', unit: 'requests/s', budget: { of: 'ratio', limit: 0.7, atLeast: true } },
} as const satisfies Record<string, Topic>;

interface Side { server: Measured<{ port: number }>; load: Load }
interface Slice { cpu: number; rate: number }
type Next = () => Buffer;

/** Measures the wanted ones of `HTTP`: the house and the bare server run side by side and are asked by turns. */
export async function measureHttp(setting: Setting, wanted: (topic: Topic) => boolean, progress: (name: string) => void): Promise<BenchRow[]> {
  if (!Object.values(HTTP).some(wanted)) return [];
  const scale = setting.quick ? SMALL : FULL;
  progress(`moving ${scale.people} people in`);
  const folders = ['house', 'bare'].map((name) => join(setting.temp, name));
  for (const folder of folders) mkdirSync(folder);
  const [houseServer, bareServer] = await Promise.all([
    startServer<HouseReady>(join(import.meta.dirname, 'house-server.ts'), [folders[0]!, String(scale.people), String(scale.posts)]),
    startServer(join(import.meta.dirname, 'baseline-server.ts'), [folders[1]!, String(scale.posts), String(scale.written)]),
  ]);
  const house = { server: houseServer, load: await openLoad(houseServer.ready.port) };
  const bare = { server: bareServer, load: await openLoad(bareServer.ready.port) };
  try {
    return await measureBoth({ ...setting, house, bare, written: scale.written, seeded: houseServer.ready, wanted, progress });
  } finally {
    house.load.close();
    bare.load.close();
    await Promise.all([houseServer.stop(), bareServer.stop()]);
  }
}

interface Both extends Setting { house: Side; bare: Side; written: number; seeded: HouseReady; wanted: (topic: Topic) => boolean; progress: (name: string) => void }

async function measureBoth(both: Both): Promise<BenchRow[]> {
  const { seeded, bare, written, wanted, progress } = both;
  const rows: BenchRow[] = [];
  const cpu = async (topic: Topic, ofHouse: Next, ofBare: Next) => {
    if (!wanted(topic)) return;
    progress(topic.name);
    rows.push(cpuRow(topic, await slices(both, 800, ofHouse, ofBare)));
  };
  const barePage = request(bare.server.ready.port, 'GET', '/posts');
  const timeline = (path: string, resident: number) => {
    const asked = request(seeded.port, 'GET', `/microblog/${path}?first=50`, { session: seeded.residents[resident]!.session });
    return () => asked;
  };
  await cpu(HTTP.read, houseReads(seeded), bareReads(bare.server.ready.port, seeded.posts.length));
  await cpu(HTTP.house, timeline('house', 1), () => barePage);
  await cpu(HTTP.home, timeline('home', 0), () => barePage);
  const page = request(seeded.port, 'GET', '/@person3');
  await cpu(HTTP.open, () => page, () => barePage);
  if (!wanted(HTTP.create) && !wanted(HTTP.rate)) return rows;
  progress(HTTP.create.name);
  const created = await slices(both, 1500, houseCreates(seeded, written), bareCreates(bare.server.ready.port, written));
  const rate = summary(created.map(({ house, bare }) => ({ house: house.rate, bare: bare.rate })));
  if (wanted(HTTP.create)) rows.push(cpuRow(HTTP.create, created));
  if (wanted(HTTP.rate)) rows.push(row(HTTP.rate, { value: rate.house, baseline: rate.bare, ratio: rate.ratio }));
  return rows;
}

function cpuRow(topic: Topic, found: readonly { house: Slice; bare: Slice }[]): BenchRow {
  const { house, bare, ratio } = summary(found.map((pair) => ({ house: pair.house.cpu, bare: pair.bare.cpu })));
  return row(topic, { value: house, baseline: bare, ratio });
}

function slices({ house, bare, quick }: Both, ms: number, ofHouse: Next, ofBare: Next): Promise<{ house: Slice; bare: Slice }[]> {
  const [rounds, length] = quick ? [1, 100] : [7, ms];
  return alternate(rounds, () => slice(house, length, ofHouse), () => slice(bare, length, ofBare));
}

async function slice({ server, load }: Side, length: number, next: Next): Promise<Slice> {
  const before = await server.cpu();
  const { requests, ms } = await load.slice(length, next);
  return { cpu: (await server.cpu() - before) / requests, rate: requests / ms * 1000 };
}

// Any record of the house, by any of 16 people.
function houseReads({ port, posts, residents }: HouseReady): Next {
  const pick = numbers(11);
  const asked = posts.map(({ persona, key }, i) =>
    request(port, 'GET', `/pods/${persona}/microblog/posts/${key}`, { session: residents[2 + i % 16]!.session }));
  return () => asked[pick(asked.length)]!;
}

function bareReads(port: number, posts: number): Next {
  const pick = numbers(11);
  const asked = Array.from({ length: posts }, (_, i) => request(port, 'GET', `/posts/${i + 1}`));
  return () => asked[pick(posts)]!;
}

function houseCreates({ port, residents }: HouseReady, written: number): Next {
  let n = 0;
  const asked = Array.from({ length: written }, (_, i) =>
    request(port, 'POST', '/microblog/posts', { session: residents[i]!.session, body: { text: postText(i), audience: 'house' } }));
  return () => asked[n++ % written]!;
}

function bareCreates(port: number, written: number): Next {
  let n = 0;
  const asked = Array.from({ length: written }, (_, i) => request(port, 'POST', `/posts/${i}`, { body: { text: postText(i), audience: 'house' } }));
  return () => asked[n++ % written]!;
}
