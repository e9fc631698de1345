import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { TIMES } from '../longer.ts';
import { makeRandom, type Random } from '../random.ts';
import { holds, inOrder, named as namedIn, valueOf, type Seen } from '../routes/data-model.ts';
import { asked, asText, tokenRefuses, type Spot } from './asked.ts';
import { checkWrite } from './writing.ts';
import { anyOf, audiencesOf, due, nameable, openGateWorld, passTime, says, SERVICE, someKey, type GateWorld } from './world.ts';

/*
 * The gate over real pods against the plain rules: generated contracts of all kinds, people who are this and that to each other,
 * callers by session, by script, by the machine and nobody; every record, list, question, number and watch, before and after
 * everybody has written what they could and time has passed.
 */
const WORLDS = 24 * TIMES;
const WRITES = 60;

interface Item { key: string; author: string; audience: string; body: Record<string, unknown>; version?: string }

const told = ({ version, ...item }: Item): string => asText({ ...item, whole: version !== undefined });

/** Asks everything that reads of one collection; the number of answers that were compared. */
async function checkReading(world: GateWorld, random: Random, { asker, owner, collection }: Spot): Promise<number> {
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
    const want = due(world, asker, row, 'read');
    assert.equal(text === null ? null : told(JSON.parse(text) as Item), want && asText(want), `${where}/${row.key}`);
  }
  assert.equal(gate.get(caller, owner, SERVICE, collection, someKey(random)), null);
  const want = rows.map((row) => due(world, asker, row, 'read')).filter((one) => one !== null).map(asText).sort();
  assert.equal(gate.reader(caller, owner, SERVICE).list(collection).length, want.length, `${where} list`);
  for (const audience of audiencesOf(world, collection)) {
    const stored = audience === 'house' ? `house:${world.trial.house}` : audience;
    assert.equal(gate.mayReadLane(caller, owner, SERVICE, collection, stored), says(world, asker, owner, collection, { audience, own: false }, 'read') === 'all', `${where} lane ${audience}`);
  }
  const query = await asked(() => gate.data.query(caller, target, { first: 500 }));
  const finding = await checkFinding(world, random, { asker, owner, collection });
  const may = anyOf(world, asker, owner, collection, 'read');
  assert.deepEqual('value' in query ? (JSON.parse(query.value) as { items: Item[] }).items.map(told).sort() : query.refused, may ? want : 'not_found', `${where} query`);
  const numbers = rows.filter((row) => due(world, asker, row, 'read', 'count') !== null).length;
  const count = await asked(() => gate.data.count(caller, target, {}));
  assert.deepEqual(count, anyOf(world, asker, owner, collection, 'read', 'count') ? { value: { count: numbers } } : { refused: 'not_found' }, `${where} count`);
  return rows.length + 4 + finding + audiencesOf(world, collection).length + await checkWatch(world, random, { asker, owner, collection });
}

const FIELDS = ['title', 'date', 'diet', 'constructor', 'toString', 'persona', 'relation'];

/** A condition over what this asker may name, or now and then over something else. */
function someCondition(random: Random, fields: readonly string[], people: readonly { persona: string }[]): Record<string, unknown> {
  const name = random.pick(random.once(6) ? FIELDS : fields);
  const value = name === '$author' ? random.pick(people).persona : name === '$audience' ? random.pick(['house', 'only-me', 'members']) : random.pick(['a', 'b', 'c', null]);
  const one = { [name]: { [random.pick(['eq', 'ne'])]: value } };
  return random.once(3) ? { not: one } : random.once(3) ? { any: [one, { [random.pick(fields)]: { gt: 'b' } }] } : one;
}

/** What of all rows fits, as far as it is for an asker; or the code of a refusal. */
function fitting(world: GateWorld, { asker, owner, collection }: Spot, where: Record<string, unknown>, named: readonly string[], ...verbs: string[]): Seen[] | string {
  const fields = nameable(world, asker, owner, collection, ...verbs);
  if (fields === null) return 'not_found';
  if ([...namedIn(where), ...named].some((name) => !fields.includes(name))) return 'unknown_field';
  const rows = world.rows.filter((row) => row.owner === owner && row.collection === collection);
  return rows.map((row) => due(world, asker, row, ...verbs)).filter((one) => one !== null).filter((one) => holds(one, where));
}

/** A condition, an order and a grouping: only over what this asker may have, and only of what they may see. */
async function checkFinding(world: GateWorld, random: Random, spot: Spot): Promise<number> {
  const { asker: { caller }, owner, collection } = spot;
  const target = { persona: owner, service: SERVICE, collection };
  const place = `${spot.asker.name} at ${owner}/${collection}`;
  const fields = nameable(world, spot.asker, owner, collection, 'read', 'count') ?? ['title'];
  const where = someCondition(random, fields, world.people);
  const order = `${random.once(2) ? '-' : ''}${random.pick(random.once(6) ? FIELDS : fields)}`;
  const query = await asked(() => gateOf(world).query(caller, target, { first: 500, where, order: [order] }));
  const found = fitting(world, spot, where, [order.replace('-', '')], 'read');
  assert.deepEqual('value' in query ? (JSON.parse(query.value) as { items: Item[] }).items.map(told) : query.refused,
    typeof found === 'string' ? found : found.sort(inOrder([order])).map(asText), `${place} finds ${JSON.stringify(where)} by ${order}`);
  const by = random.pick(random.once(6) ? FIELDS : fields);
  const counted = await asked(() => gateOf(world).count(caller, target, { where, by }));
  const all = fitting(world, spot, where, [by], 'read', 'count');
  const groups = ({ groups: of = [] }: { groups?: { value: unknown; count: number }[] }): string[] => of.map(({ value, count }) => `${JSON.stringify(value)} ${count}`).sort();
  assert.deepEqual('value' in counted ? groups(counted.value) : counted.refused,
    typeof all === 'string' ? all : [...Map.groupBy(all, (view) => JSON.stringify(valueOf(view, by)))].map(([value, of]) => `${value} ${of.length}`).sort(), `${place} counts ${JSON.stringify(where)} by ${by}`);
  return 2;
}

async function checkWatch(world: GateWorld, random: Random, spot: Spot): Promise<number> {
  const { asker, owner, collection } = spot;
  const where = random.once(2) ? {} : someCondition(random, nameable(world, asker, owner, collection, 'watch') ?? ['title'], world.people);
  const heard: string[] = [];
  const watched = await asked(() => new Promise<string[]>((resolve, reject) => {
    try {
      const watch = gateOf(world).watch(asker.caller, { persona: owner, service: SERVICE, collections: [collection], where }, {
        hear: ({ type, data }) => {
          if (type === 'put') heard.push(told(JSON.parse(data) as Item));
          if (type === 'ready') { watch.stop(); resolve(heard.sort()); }
          return true;
        },
        end: () => resolve(['ended']),
      });
    } catch (error) { reject(error); }
  }));
  const want = fitting(world, spot, where, [], 'watch');
  assert.deepEqual(watched, typeof want === 'string' ? { refused: want } : { value: want.map(asText).sort() }, `${asker.name} at ${owner}/${collection} watches ${JSON.stringify(where)}`);
  return 1;
}

const gateOf = (world: GateWorld): GateWorld['trial']['firewall']['gate']['data'] => world.trial.firewall.gate.data;

async function checkAll(world: GateWorld, random: Random): Promise<number> {
  let compared = 0;
  for (const asker of world.askers) {
    for (const { persona } of world.people) {
      for (const collection of [...Object.keys(world.contract.collections), 'nothing']) compared += await checkReading(world, random, { asker, owner: persona, collection });
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
