import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { nobleSuite as suite } from '@commonhold/core/noble';
import { ApiError, createClient, type Client, type JoinedWhole } from '@commonhold/sdk';
import { signedFetch } from '@commonhold/sdk/service';
import { makePotluck, type TrialService } from '../../packages/house/src/testing/potluck.ts';
import { foundIn } from '../support/bytes.ts';
import { freePort, startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, type Member } from '../support/people.ts';
import { until } from '../support/until.ts';

/** How often somebody joins, fills, leaves and is cut off, each time a little later on the way out. */
const ROUNDS = 5;
const RECORDS = 800;
const AT_ONCE = 100;

interface Round { service: TrialService; joined: JoinedWhole; hash: string; words: string }

/** Joins a service of its own, and keeps every kind of thing there; the service reads, so that the log and the nonces have it. */
async function joinAndFill(house: HouseProcess, { client }: Member, n: number): Promise<Round> {
  const service = makePotluck(suite), words = `Gazpacho of the ${n}th evening`;
  const { hash } = await client.services.preview({ contract: service.contract() as unknown as Record<string, unknown> });
  const { persona } = await client.services.join({ hash, as: n % 2 === 0 ? 'pseudonym' : 'self' });
  const at = (collection: string) => ({ persona, service: service.id, collection });
  const { blob } = await client.data.uploadBlob(at(''), new Uint8Array(Buffer.from(`${words}, painted`)));
  for (let i = 0; i < RECORDS; i += AT_ONCE) await client.data.put(at('dishes'), Array.from({ length: AT_ONCE }, (_, j) => ({ body: { title: `${words} ${i + j}`, photo: blob } })), `${service.id.slice(0, 12)}-${i}`);
  for (const collection of ['profile', 'notes']) await client.data.put(at(collection), [{ key: 'self', body: { name: words } }]);
  await createClient({ base: house.url, fetch: signedFetch({ seed: service.seed }) }).data.query(at('dishes'), { first: 5 });
  return { service, joined: await client.services.get(persona, service.id), hash, words };
}

/** Asks to leave and kills the house `after` ms; answers how long the leave was under way by then, or took. */
async function leaveAndKill(house: HouseProcess, client: Client, { joined: { persona, service } }: Round, after: number): Promise<void> {
  const asked = client.services.leave(persona, service).catch(unlessKilled);
  await wait(after);
  await house.kill();
  await asked;
}

function unlessKilled(error: unknown): null {
  if (error instanceof ApiError && error.code === 'unreachable') return null;
  throw error;
}

/** All is done, whoever began it; one that the house was killed before it had heard of is asked for again. Answers how many were cut off so far. */
const out = (data: string, client: Client, { joined: { persona, service } }: Round): Promise<number> => until('it goes on by itself', async () => {
  const [{ services }, { jobs }] = await Promise.all([client.services.mine(), client.jobs.mine()]);
  if (services.some(({ state }) => state === 'active')) await client.services.leave(persona, service);
  return services.length === 0 && noted(data) === 0 && jobs.filter(({ kind, state }) => kind === 'leave' && state === 'interrupted').length + 1;
});

/** How many are on the way out, as the house noted it: a kill may come when all is done but for telling so. */
function noted(data: string): number {
  const db = new DatabaseSync(join(data, 'house.db'), { readOnly: true });
  try { return Number(db.prepare('SELECT count(*) AS n FROM leaving').get()!['n']); } finally { db.close(); }
}

/** What of a round stands anywhere in the folder; that a pseudonym has ended may stand in house.db. */
function leftOf(data: string, { service, joined, hash, words }: Round): string[] {
  const raw = (text: string): Buffer => Buffer.from(text, 'base64url');
  const keys = joined.as === 'pseudonym' ? joined.keyLog.flatMap(({ statement }) => ['deviceKey', 'device', 'recoveryKey'].flatMap((name) => (typeof statement[name] === 'string' ? [statement[name] as string] : []))) : [];
  const names = { service: service.id, key: service.key, hash, words, makers: 'The makers of Potluck', ...(joined.as === 'pseudonym' && { persona: joined.persona }) };
  const sought = { ...Object.fromEntries(Object.entries(names).map(([what, text]) => [what, Buffer.from(text)])), 'raw key': raw(service.key), 'raw hash': raw(hash), ...Object.fromEntries(keys.flatMap((key, i) => [[`of persona ${i}`, Buffer.from(key)], [`raw of persona ${i}`, raw(key)]])) };
  return foundIn(data, sought).filter((one) => !/^((raw )?of persona \d+|persona) in house\.db(-wal)?$/.test(one));
}

test('whoever leaves is let out whatever kills the house on the way: the work goes on by itself, and no byte stays', async (t) => {
  const data = tempFolder(t, 'leave'), port = await freePort(), cache = tempFolder(t, 'compiled');
  const start = () => startHouse(t, { data, port, env: { NODE_COMPILE_CACHE: cache } });
  let house = await start();
  const ada = await found(house), { client } = ada;
  const whole = await joinAndFill(house, ada, 0), begun = performance.now();
  await client.services.leave(whole.joined.persona, whole.joined.service);
  await out(data, client, whole);
  const took = performance.now() - begun, rounds = [whole];
  let cut = 0;
  // How long a leave takes differs from one to the next: where too few were met on the way, more are tried, sooner each time.
  for (let n = 1; n <= ROUNDS || (cut < 2 && n <= 5 * ROUNDS); n++) {
    const round = await joinAndFill(house, ada, n);
    rounds.push(round);
    await leaveAndKill(house, client, round, took * ((n - 1) % ROUNDS + 1) / (ROUNDS + 1) * 0.6 ** Math.floor((n - 1) / ROUNDS));
    house = await start();
    // Once more, while it goes on with what it found.
    if (n % 3 === 0) { await wait(took / 4); await house.kill(); house = await start(); }
    cut = await out(data, client, round) - 1;
  }
  t.diagnostic(`${Math.round(took)} ms uncut; cut off on the way ${cut} times`);
  assert.ok(cut >= 2, `only ${cut} were cut off on the way`);
  for (const round of rounds) assert.deepEqual(leftOf(data, round), []);
  await house.stop();
  for (const round of rounds) assert.deepEqual(leftOf(data, round), []);
});
