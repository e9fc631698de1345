import { mkdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { startServer, type Measured } from './channel.ts';
import type { HouseReady } from './house-server.ts';
import { request } from './load.ts';
import { alternate, summary } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

/** A post told live to everybody in a full house; the bare server writes the same bytes to as many connections without asking who may read. */
export const FAN_OUT = {
  last: { name: 'a post on the last of 300 live screens', unit: 'ms, p50', budget: { of: 'value', limit: 50 } },
  cpu: { name: 'fan-out to 300 live listeners, CPU', unit: 'µs of server CPU a listener', budget: null },
} as const satisfies Record<string, Topic>;

const LISTENERS = 300;

interface Side { server: Measured<{ port: number }>; ears: Socket[]; say: (n: number) => Buffer; mouth: Socket }

/** Listeners and speaker are in this process; one post is under way at a time. */
export async function measureFanOut({ temp, quick }: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const folder = join(temp, 'fan-out-bare');
  mkdirSync(folder);
  const [houseServer, bareServer] = await Promise.all([
    startServer<HouseReady>(join(import.meta.dirname, 'house-server.ts'), [join(temp, 'fan-out'), String(LISTENERS), '300']),
    startServer(join(import.meta.dirname, 'baseline-server.ts'), [folder, '1', '1']),
  ]);
  const { port, residents } = houseServer.ready;
  const house = await side(houseServer, (i) => request(port, 'GET', '/live', { session: residents[i]!.session }),
    (n) => request(port, 'POST', '/microblog/posts', { session: residents[n % LISTENERS]!.session, body: { text: `Post ${n} to everybody`, audience: 'house' } }));
  const bare = await side(bareServer, () => request(bareServer.ready.port, 'GET', '/live'),
    (n) => request(bareServer.ready.port, 'POST', '/say', { body: { text: `Post ${n} to everybody` } }));
  const [rounds, posts] = quick ? [1, 2] : [7, 20];
  try {
    const found = await alternate(rounds, () => told(house, posts), () => told(bare, posts));
    const last = summary(found.map((pair) => ({ house: pair.house.ms, bare: pair.bare.ms })));
    const cpu = summary(found.map((pair) => ({ house: pair.house.cpu, bare: pair.bare.cpu })));
    const rows = [row(FAN_OUT.last, { value: last.house, baseline: last.bare, ratio: last.ratio }), row(FAN_OUT.cpu, { value: cpu.house, baseline: cpu.bare, ratio: cpu.ratio })];
    return rows.filter((_, i) => wanted(Object.values(FAN_OUT)[i]!));
  } finally {
    for (const { ears, mouth } of [house, bare]) for (const socket of [...ears, mouth]) socket.destroy();
    await Promise.all([houseServer.stop(), bareServer.stop()]);
  }
}

async function side(server: Measured<{ port: number }>, listen: (i: number) => Buffer, say: (n: number) => Buffer): Promise<Side> {
  const open = async (hello?: Buffer): Promise<Socket> => {
    const socket = connect({ port: server.ready.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    if (hello) { socket.write(hello); await once(socket, 'data'); }
    return socket;
  };
  const ears = await Promise.all(Array.from({ length: LISTENERS }, (_, i) => open(listen(i))));
  const mouth = await open();
  mouth.resume();
  return { server, ears, say, mouth };
}

/** Says something some times; the middle of the times until the last has heard it, and CPU per listener in µs. */
async function told({ server, ears, say, mouth }: Side, posts: number): Promise<{ ms: number; cpu: number }> {
  const before = await server.cpu();
  const times: number[] = [];
  for (let n = 0; n < posts; n++) {
    const heard = Promise.all(ears.map((ear) => hears(ear)));
    const from = performance.now();
    mouth.write(say(n));
    await heard;
    times.push(performance.now() - from);
  }
  return { ms: times.sort((a, b) => a - b)[times.length >> 1]!, cpu: (await server.cpu() - before) / posts / ears.length };
}

function hears(ear: Socket): Promise<void> {
  return new Promise((resolve) => {
    const take = (chunk: Buffer) => {
      if (!chunk.includes('event: post')) return;
      ear.off('data', take);
      resolve();
    };
    ear.on('data', take);
  });
}
