import { mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { signRequest, utf8 } from '@commonhold/core';
import { makeNodeSuite } from '../../packages/house/src/crypto/node-suite.ts';
import { openTrialLog } from '../../packages/house/src/testing/log.ts';
import { seedOf } from '../../packages/house/src/testing/meals.ts';
import { saidBy } from '../../packages/house/src/testing/said.ts';
import { startServer, type Measured } from './channel.ts';
import { openLoad, request, type Load } from './load.ts';
import { alternate, median, summary } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';
import type { ServicesReady } from './services-server.ts';

const CPU = 'µs of server CPU a request';
const PART = '% of its CPU';

/** Callers of the data API beside sessions: a service that signs what it asks and what it says, members who offer, and many who watch. */
export const SERVICES = {
  read: { name: 'service, a signed read of one record', unit: CPU, budget: null },
  offer: { name: 'service, a member’s offer into another pod', unit: CPU, budget: null },
  said: { name: 'service, an offer of its own into a pod', unit: CPU, budget: null },
  watch: { name: 'service, a record on the last of 300 watches', unit: 'ms, p50', budget: null },
  logged: { name: 'access log, its part of a service’s signed read', unit: PART, budget: { of: 'value', limit: 10 } },
  counted: { name: 'access log, its part of a member’s read', unit: PART, budget: { of: 'value', limit: 10 } },
  reach: { name: 'service, reach over 150 links of which 30 are dead', unit: 'ms', budget: { of: 'value', limit: 2000 } },
} as const satisfies Record<string, Topic>;

const suite = makeNodeSuite();
const LIVING = 121;
const WATCHERS = 300;
/** Made beforehand: a signature is good for five minutes and once. */
const SIGNED = 12_000;
const SAID = 8000;

interface Side { server: Measured<{ port: number }>; load: Load }
type Next = () => Buffer;

/** The bare server reads and writes the same, and asks nobody who they are. */
export async function measureServices({ temp, quick }: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const folder = join(temp, 'services-bare');
  mkdirSync(folder);
  const [houseServer, bareServer] = await Promise.all([
    startServer<ServicesReady>(join(import.meta.dirname, 'services-server.ts'), [join(temp, 'services'), String(LIVING)]),
    startServer(join(import.meta.dirname, 'baseline-server.ts'), [folder, '50', '1']),
  ]);
  const { ready } = houseServer;
  const [house, bare] = [{ server: houseServer, load: await openLoad(ready.port) }, { server: bareServer, load: await openLoad(bareServer.ready.port) }];
  const pairs = (ofHouse: Next, ofBare: Next, ms: number) => alternate(quick ? 1 : 5, () => cpu(house, quick ? 50 : ms, ofHouse), () => cpu(bare, quick ? 50 : ms, ofBare));
  const compared = (topic: Topic, found: readonly { house: number; bare: number }[]): BenchRow => { const { house: value, bare: baseline, ratio } = summary(found); return row(topic, { value, baseline, ratio }); };
  try {
    const rows: BenchRow[] = [];
    const port = bareServer.ready.port;
    if (wanted(SERVICES.read)) rows.push(compared(SERVICES.read, await pairs(signedReads(ready, quick ? 2000 : SIGNED), turns(50, (n) => request(port, 'GET', `/posts/${n + 1}`)), 300)));
    if (wanted(SERVICES.logged)) rows.push(row(SERVICES.logged, { value: 100 * logCost(temp, quick, 'named') / await reads(house, quick, signedReads(ready, quick ? 2000 : SIGNED)), baseline: 0 }));
    if (wanted(SERVICES.counted)) rows.push(row(SERVICES.counted, { value: 100 * logCost(temp, quick, 'counted') / await reads(house, quick, memberReads(ready)), baseline: 0 }));
    if (wanted(SERVICES.offer)) rows.push(compared(SERVICES.offer, await pairs(offers(ready), turns(1, () => request(port, 'POST', '/posts/0', { body: { text: 'A dish that somebody brings' } })), 800)));
    if (wanted(SERVICES.said)) rows.push(compared(SERVICES.said, await pairs(saidOnes(ready, quick ? 500 : SAID), turns(1, () => request(port, 'POST', '/posts/0', { body: { text: 'What a service says' } })), 400)));
    if (wanted(SERVICES.watch)) rows.push(row(SERVICES.watch, { value: await watched(ready, quick ? 2 : 20), baseline: 0 }));
    if (wanted(SERVICES.reach)) rows.push(row(SERVICES.reach, { value: await reached(ready, quick ? 1 : 5), baseline: 0 }));
    return rows;
  } finally {
    house.load.close();
    bare.load.close();
    await Promise.all([houseServer.stop(), bareServer.stop()]);
  }
}

async function cpu({ server, load }: Side, ms: number, next: Next): Promise<number> {
  const before = await server.cpu();
  const { requests } = await load.slice(ms, next);
  return (await server.cpu() - before) / requests;
}

/** Requests made once, and sent by turns. */
function turns(count: number, make: (n: number) => Buffer): Next {
  const made = Array.from({ length: count }, (_, n) => make(n));
  let n = 0;
  return () => made[n++ % count]!;
}

/** The middle of several slices of one kind of read. */
async function reads(house: Side, quick: boolean, next: Next): Promise<number> {
  const found: number[] = [];
  for (let n = 0; n < (quick ? 1 : 5); n++) found.push(await cpu(house, quick ? 50 : 300, next));
  return median(found);
}

const memberReads = ({ port, residents, service, keys }: ServicesReady): Next =>
  turns(50, (n) => request(port, 'GET', `/pods/${residents[0]!.persona}/${service}/dishes/${keys[n % keys.length]!}`, { session: residents[1 + n % (residents.length - 1)]!.session }));

/** µs of CPU that the log itself takes for a read of one record: a line by name, or a number. */
function logCost(temp: string, quick: boolean, how: 'named' | 'counted'): number {
  const log = openTrialLog(join(temp, `services-${how}.db`));
  const times = quick ? 2000 : 20_000;
  const place = { persona: 'c'.repeat(53), service: 'A'.repeat(43), collection: 'dishes', verb: 'read' };
  try {
    const before = process.threadCpuUsage();
    for (let n = 0; n < times; n++) {
      if (how === 'named') log.named({ ...place, caller: `service:${place.service}`, refused: false, rule: '' });
      else log.counted({ ...place, who: 'housemates', audience: 'members' });
    }
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / times;
  } finally { log.close(); }
}

function signedReads({ port, residents, service, keys }: ServicesReady, count: number): Next {
  const seed = seedOf(suite, 'meals');
  return turns(count, (n) => {
    const path = `/pods/${residents[0]!.persona}/${service}/dishes/${keys[n % keys.length]!}`;
    const signed = signRequest(suite, { method: 'GET', target: `http://localhost:${port}${path}`, headers: {} }, { seed }, { now: Date.now(), seconds: 300 });
    return withHeaders(request(port, 'GET', path), signed);
  });
}

const withHeaders = (bytes: Buffer, headers: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(bytes.toString().replace('\r\n\r\n', `\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`));

function offers({ port, residents, service }: ServicesReady): Next {
  const path = `/pods/${residents[0]!.persona}/${service}/dishes/put`;
  let n = 0;
  return () => request(port, 'POST', path, { session: residents[1 + n++ % (residents.length - 1)]!.session, body: { items: [{ body: { title: 'A dish that somebody brings', diet: 'any' } }] } });
}

function saidOnes({ port, residents, service }: ServicesReady, count: number): Next {
  const seed = seedOf(suite, 'meals'), place = { persona: residents[0]!.persona, service, collection: 'notes' };
  const path = `/pods/${place.persona}/${service}/notes/put`;
  return turns(count, () => {
    const now = Date.now(), body = saidBy(suite, { seed, now }, place, { body: { text: 'What a service says' } });
    const signed = signRequest(suite, { method: 'POST', target: `http://localhost:${port}${path}`, headers: {} }, { seed }, { body: utf8(JSON.stringify(body)), now, seconds: 300 });
    return withHeaders(request(port, 'POST', path, { body }), signed);
  });
}

async function open(port: number, hello?: Buffer): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  if (hello) socket.write(hello);
  return socket;
}

/** The service listens to one pod on as many streams; how long until the last has heard of a record, from its writing on. */
async function watched({ port, residents, service }: ServicesReady, times: number): Promise<number> {
  const { persona, session } = residents[0]!;
  const path = `/pods/${persona}/${service}/watch?collections=dishes&since=now`;
  const ears = await Promise.all(Array.from({ length: WATCHERS }, () => {
    const signed = signRequest(suite, { method: 'GET', target: `http://localhost:${port}${path}`, headers: {} }, { seed: seedOf(suite, 'meals') }, { now: Date.now() });
    return open(port, withHeaders(request(port, 'GET', path), signed));
  }));
  const mouth = await open(port);
  mouth.resume();
  const heard = (word: string): Promise<void>[] => ears.map((ear) => new Promise((resolve) => {
    let text = '';
    const take = (chunk: Buffer): void => { text += chunk.toString('latin1'); if (text.includes(word)) { ear.off('data', take); resolve(); } };
    ear.on('data', take);
  }));
  await Promise.all(heard('event: ready'));
  const found: number[] = [];
  for (let n = 0; n < times; n++) {
    const all = heard(`Dish of round ${n}.`);
    const from = performance.now();
    mouth.write(request(port, 'POST', `/pods/${persona}/${service}/dishes/put`, { session, body: { items: [{ body: { title: `Dish of round ${n}.` } }] } }));
    await Promise.all(all);
    found.push(performance.now() - from);
  }
  for (const socket of [...ears, mouth]) socket.destroy();
  return median(found);
}

/** One question to 120 pods of this house and to 30 people who are not here. */
async function reached({ port, residents, service }: ServicesReady, times: number): Promise<number> {
  const { persona, session } = residents[0]!;
  const post = (path: string, body: object) => fetch(`http://localhost:${port}/pods/${persona}/${path}`, { method: 'POST', headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  await post('people/links/put', { items: Array.from({ length: 30 }, (_, n) => ({ body: { persona: `c${String.fromCharCode(97 + n % 26).repeat(51)}${n < 26 ? 'a' : 'b'}`, relation: 'follow', createdAt: 1 } })) });
  const found: number[] = [];
  for (let n = 0; n < times; n++) {
    const from = performance.now();
    const { origins } = await (await post(`${service}/dishes/query`, { reach: { linked: ['follow'] }, first: 500 })).json() as { origins: { ok: boolean }[] };
    found.push(origins.filter(({ ok }) => ok).length === LIVING ? performance.now() - from : Infinity);
  }
  return median(found);
}
