import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { TIMES } from '../longer.ts';
import { makeRandom, type Random } from '../random.ts';
import { asked, sorted, tokenRefuses, type Spot } from './asked.ts';
import { checkWrite } from './writing.ts';
import { anyOf, audiencesOf, due, openGateWorld, passTime, says, SERVICE, someKey, type GateWorld } from './world.ts';

/*
 * The gate over real pods against the plain rules: generated contracts of all kinds, people who are this and that to each other,
 * callers by session, by script, by the machine and nobody; every record, list, question, number and watch, before and after
 * everybody has written what they could and time has passed.
 */
const WORLDS = 34 * TIMES;
const WRITES = 60;

interface Item { key: string; author: string; audience: string; body: Record<string, unknown>; version?: string }

const told = ({ key, author, audience, body, version }: Item): string => `${key} ${author} ${audience} ${version === undefined ? 'part' : 'whole'} ${sorted(body)}`;

/** Asks everything that reads of one collection; the number of answers that were compared. */
async function checkReading(world: GateWorld, { asker, owner, collection }: Spot, absent: string): Promise<number> {
  const { gate } = world.trial.firewall;
  const { caller } = asker;
  const where = `${asker.name} at ${owner}/${collection}`;
  const token = tokenRefuses(asker, false);
  const target = { persona: owner, service: SERVICE, collection };
  const rows = world.rows.filter((row) => row.owner === owner && row.collection === collection);
  if (token) {
    for (const work of [() => gate.get(caller, owner, SERVICE, collection, 'x'), () => gate.data.query(caller, target, {}), () => gate.data.count(caller, target, {})]) assert.deepEqual(await asked(work as () => unknown), { refused: token }, where);
    return 3;
  }
  for (const row of rows) {
    const text = gate.get(caller, owner, SERVICE, collection, row.key);
    assert.equal(text === null ? null : told(JSON.parse(text) as Item), due(world, asker, row, 'read'), `${where}/${row.key}`);
  }
  assert.equal(gate.get(caller, owner, SERVICE, collection, absent), null);
  const want = rows.map((row) => due(world, asker, row, 'read')).filter((one) => one !== null).sort();
  assert.equal(gate.reader(caller, owner, SERVICE).list(collection).length, want.length, `${where} list`);
  for (const audience of audiencesOf(world, collection)) {
    const stored = audience === 'house' ? `house:${world.trial.house}` : audience;
    assert.equal(gate.mayReadLane(caller, owner, SERVICE, collection, stored), says(world, asker, owner, collection, { audience, own: false }, 'read') === 'all', `${where} lane ${audience}`);
  }
  const query = await asked(() => gate.data.query(caller, target, { first: 500 }));
  const may = anyOf(world, asker, owner, collection, 'read');
  assert.deepEqual('value' in query ? (JSON.parse(query.value) as { items: Item[] }).items.map(told).sort() : query.refused, may ? want : 'not_found', `${where} query`);
  const numbers = rows.filter((row) => due(world, asker, row, 'read', 'count') !== null).length;
  const count = await asked(() => gate.data.count(caller, target, {}));
  assert.deepEqual(count, anyOf(world, asker, owner, collection, 'read', 'count') ? { value: { count: numbers } } : { refused: 'not_found' }, `${where} count`);
  return rows.length + 4 + audiencesOf(world, collection).length + await checkWatch(world, { asker, owner, collection });
}

async function checkWatch(world: GateWorld, { asker, owner, collection }: Spot): Promise<number> {
  const want = world.rows.filter((row) => row.owner === owner && row.collection === collection).map((row) => due(world, asker, row, 'watch')).filter((one) => one !== null).sort();
  const heard: string[] = [];
  const watched = await asked(() => new Promise<string[]>((resolve, reject) => {
    try {
      const watch = world.trial.firewall.gate.data.watch(asker.caller, { persona: owner, service: SERVICE, collections: [collection] }, {
        hear: ({ type, data }) => {
          if (type === 'put') heard.push(told(JSON.parse(data) as Item));
          if (type === 'ready') { watch.stop(); resolve(heard.sort()); }
          return true;
        },
        end: () => resolve(['ended']),
      });
    } catch (error) { reject(error); }
  }));
  assert.deepEqual(watched, anyOf(world, asker, owner, collection, 'watch') ? { value: want } : { refused: 'not_found' }, `${asker.name} at ${owner}/${collection} watch`);
  return 1;
}

async function checkAll(world: GateWorld, random: Random): Promise<number> {
  let compared = 0;
  for (const asker of world.askers) {
    for (const { persona } of world.people) {
      for (const collection of [...Object.keys(world.contract.collections), 'nothing']) compared += await checkReading(world, { asker, owner: persona, collection }, someKey(random));
    }
  }
  return compared;
}

/** Worlds that are asked at once: each waits for the disk most of the time. */
const AT_ONCE = 4;

async function checkWorld(t: TestContext, seed: number): Promise<number> {
  const random = makeRandom(seed);
  const world = await openGateWorld(random);
  try {
    const before = await checkAll(world, random);
    for (let n = 0; n < WRITES; n++) await checkWrite(world, random);
    passTime(world, random.pick([0, 2, 20, 400]));
    return before + WRITES + await checkAll(world, random);
  } catch (error) {
    t.diagnostic(`world ${seed}: ${JSON.stringify(world.contract.collections)} ${JSON.stringify([...world.narrowings])} ${JSON.stringify([...world.relations].map(([pair, names]) => [pair, [...names]]))}`);
    throw error;
  } finally { world.trial.close(); }
}

test(`${WORLDS} worlds of real pods answer as the plain rules say`, async (t) => {
  const seeds = Array.from({ length: WORLDS }, (_, i) => 9000 + i).values();
  let compared = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const seed of seeds) { const answers = await checkWorld(t, seed); compared += answers; }
  }));
  t.diagnostic(`${compared} answers compared`);
  assert.ok(compared >= 100_000 * TIMES, String(compared));
});
