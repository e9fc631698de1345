import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Order } from './render.ts';
import { makeStudio } from './studio.ts';

const ORDER: Order = { kind: 'png', from: 'nowhere', full: 'nowhere', small: 'nowhere' };
const MADE = { width: 1, height: 1, small: false, thumb: 'AAAA' };

/** A studio whose processes run this instead. */
function studioOf(t: TestContext, program: string, patienceMs?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'ch-studio-')), path = join(folder, 'worker.mjs');
  writeFileSync(path, program);
  const studio = makeStudio({ worker: pathToFileURL(path), ...(patienceMs === undefined ? {} : { patienceMs }) });
  t.after(() => { studio.close(); rmSync(folder, { recursive: true }); });
  return studio;
}

test('a house without a program for pictures says so', async (t) => {
  const studio = studioOf(t, "process.on('message', () => process.send({ fault: 'not_here' }));");
  for (let i = 0; i < 3; i++) await assert.rejects(studio.make('ada', ORDER), { code: 'images_not_here', kind: 'unavailable' });
});

test('a process that is brought down, or goes on for ever, takes one picture along', async (t) => {
  const made = `process.send({ made: ${JSON.stringify(MADE)} })`;
  const studio = studioOf(t, `process.on('message', ({ from }) => { if (from === 'bomb') process.kill(process.pid, 'SIGSEGV'); else if (from === 'sleep') for (;;); else ${made}; });`, 1500);
  const outcomes = await Promise.allSettled(['bomb', 'fine', 'sleep', 'fine', 'bomb', 'fine'].map((from, i) => studio.make(`p${i}`, { ...ORDER, from })));
  assert.deepEqual(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as { code: string }).code)), ['image_unreadable', MADE, 'image_unreadable', MADE, 'image_unreadable', MADE]);
});

test('a program that cannot be started at all is no end of the house', async (t) => {
  const studio = studioOf(t, 'throw 1;');
  await assert.rejects(studio.make('ada', ORDER), { code: 'image_unreadable' });
});

test('a process that ends while it has nothing to do is not asked again', async (t) => {
  const studio = studioOf(t, `process.on('message', () => { process.send({ made: ${JSON.stringify(MADE)} }, () => { setImmediate(() => process.exit(3)); }); });`);
  const ends: Promise<unknown>[] = [];
  const begun = (about: unknown): void => { ends.push(once((about as { process: ChildProcess }).process, 'disconnect')); };
  subscribe('child_process', begun);
  t.after(() => unsubscribe('child_process', begun));
  for (let i = 1; i <= 4; i++) {
    assert.deepEqual(await studio.make('ada', ORDER), MADE);
    assert.equal(ends.length, i);
    await ends.at(-1);
  }
});
