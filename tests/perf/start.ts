import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '@commonhold/core';
import { startServer } from './channel.ts';
import { alternate, summary, type Pair } from './pairs.ts';
import { row, unmeasured, type BenchRow, type Setting, type Topic } from './row.ts';

/** What `npm start` does once npm itself is there, in a clone that has everything, with a new data folder. DESIGN has no figure for it: nobody should wait longer for a page. */
export const START: Topic = { name: 'start to the first answer', unit: 'ms', budget: { of: 'value', limit: 1500 } };

const ASK_EVERY = 5;
const PATIENCE = 20_000;

/** Starts house and bare server by turns, each anew. */
export async function measureStart({ root, temp, quick }: Setting): Promise<BenchRow> {
  let n = 0;
  const fresh = () => { const folder = join(temp, `start-${n++}`); mkdirSync(folder); return folder; };
  try {
    const pairs: Pair[] = await alternate(quick ? 1 : 5, () => houseStart(root, fresh()), () => bareStart(fresh()));
    const { house, bare, ratio } = summary(pairs);
    return row(START, { value: house, baseline: bare, ratio });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return unmeasured(START, error.message);
  }
}

async function houseStart(root: string, data: string): Promise<number> {
  const port = await freePort();
  const from = performance.now();
  const child = spawn(process.execPath, [join(root, 'scripts', 'launch.mjs'), 'start'], {
    stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, COMMONHOLD_DATA: data, COMMONHOLD_PORT: String(port) },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-300); });
  const gone = once(child, 'exit');
  try {
    while (!await answers(port)) {
      if (child.exitCode !== null || performance.now() - from > PATIENCE) throw new Refusal('unavailable', 'no_start', `the house did not start: ${said.trim().replaceAll(/\s+/g, ' ')}`);
      await wait(ASK_EVERY);
    }
    return performance.now() - from;
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

async function bareStart(folder: string): Promise<number> {
  const from = performance.now();
  const server = await startServer(join(import.meta.dirname, 'baseline-server.ts'), [folder, '50', '0']);
  await fetch(`http://127.0.0.1:${server.ready.port}/posts`).then((answer) => answer.arrayBuffer());
  const ms = performance.now() - from;
  await server.stop();
  return ms;
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } }).then(async (answer) => { await answer.arrayBuffer(); return answer.ok; }, () => false);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
