import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Command } from './command.ts';
import { keepHeapSmall } from './heap.ts';
import { settingsOf } from './settings.ts';
import { untilStopped } from './stopped.ts';
import { UsageError } from './usage-error.ts';

const SEED = 1;

/** `commonhold demo`: a made-up house in which anybody may look around. */
export const command: Command = {
  summary: 'runs a made-up house of 25 people to look around in',
  usage: '[--data DIR] [--port N] [--seed N]',
  help: ['--data DIR    keep the house in this folder; else it is gone when it ends', '--port N      the port of the house (COMMONHOLD_PORT, else 4300)', '--seed N      another course of the same two weeks (1)'],
  options: { data: { type: 'string' }, port: { type: 'string' }, seed: { type: 'string' } },
  run: async (given) => {
    keepHeapSmall();
    const kept = typeof given.values['data'] === 'string';
    const seed = seedOf(given.values['seed']);
    const folder = kept ? null : mkdtempSync(join(tmpdir(), 'commonhold-demo-'));
    const config = settingsOf({ ...given, values: { ...given.values, data: folder ?? given.values['data'] } });
    const stopped = untilStopped();
    try {
      const steward = await fill(config.data, seed);
      const { startHouse } = await import('../compose.ts');
      const house = await startHouse(config, { guests: true });
      const url = `http://localhost:${house.network.port}`;
      process.stdout.write([
        '', 'A made-up house, to look around in. Nobody in it exists:', '', `  ${url}`, '', 'Press "Look around" there: everything can be read, and nothing is changed.',
        ...(steward ? [`To try writing, sign in as "${steward.handle}" with the passphrase ${steward.passphrase} (said this once).`] : []),
        kept ? `It stays in ${config.data}.` : 'It is gone when it ends.', '', 'Ctrl-C closes the house.', '',
      ].join('\n'));
      await stopped;
      await house[Symbol.asyncDispose]();
      return 0;
    } finally { if (folder !== null) rmSync(folder, { recursive: true, force: true }); }
  },
};

function seedOf(text: string | boolean | undefined): number {
  if (text === undefined) return SEED;
  if (typeof text === 'string' && /^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError('--seed takes a whole number.');
}

/** Fills an empty folder; one that is filled already stays as it is. Refuses `not_a_demo`. */
async function fill(data: string, seed: number): Promise<{ handle: string; passphrase: string } | null> {
  const { openHouse } = await import('../compose.ts');
  const clock = { ms: Date.now() };
  const onError = (error: unknown): void => { process.stderr.write(`${String(error)}\n`); };
  const house = await openHouse({ data }, onError, () => clock.ms);
  try {
    const guest = house.household.settings.get('guest');
    if (guest === '') throw new Refusal('conflict', 'demo_cut_off', `The demo in ${data} was not finished. Delete that folder and begin again.`);
    if (guest !== null) return null;
    if (house.household.count() > 0) throw new Refusal('conflict', 'not_a_demo', `${data} holds a house of real people. A demo needs an empty folder.`);
    process.stdout.write('Twenty-five people move in and live here for two weeks ...\n');
    const { seedHouse } = await import('./demo/seed.ts');
    return await seedHouse({ house, clock, seed });
  } finally { await house.close(); }
}
