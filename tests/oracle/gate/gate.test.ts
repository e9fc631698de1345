import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TIMES } from '../longer.ts';
import { makeRandom, type Random } from '../random.ts';
import { anyOf, apart, audiencesOf, openGateWorld, says, SERVICE, someBody, someKey, usualOf, type Asker, type GateWorld, type ModelRow } from './world.ts';

/*
 * The gate over real pods against the plain rules: generated contracts of all kinds, people who are this and that to each other,
 * callers by session, by script, by the machine and nobody; every record, list, question, number and watch, before and after
 * everybody has written what they could.
 */
const WORLDS = 34 * TIMES;

type Answered<T> = { value: T } | { refused: string };
const asked = async <T>(work: () => T | Promise<T>): Promise<Answered<T>> => {
  try { return { value: await work() }; } catch (error) {
    if (typeof (error as { code?: unknown }).code === 'string') return { refused: (error as { code: string }).code };
    throw error;
  }
};
const sorted = (body: object): string => JSON.stringify(Object.entries(body).sort());

interface Item { key: string; author: string; audience: string; body: Record<string, unknown>; version?: string }

/** What of a row is for this asker, as text; null for nothing. */
function due(world: GateWorld, asker: Asker, row: ModelRow, ...verbs: string[]): string | null {
  const answer = says(world, asker, row.owner, row.collection, { audience: row.audience, own: asker.persona === row.author }, ...verbs);
  if (answer === 'none' || isKeptFrom(world, asker, row)) return null;
  const body = answer === 'all' ? row.body : Object.fromEntries(Object.entries(row.body).filter(([name]) => answer.includes(name)));
  return `${row.key} ${row.author} ${row.audience} ${answer === 'all' ? 'whole' : 'part'} ${sorted(body)}`;
}

/** What another put there is for nobody whom a block parts from them, but its owner; and for nobody else while one parts them from the owner. */
function isKeptFrom(world: GateWorld, { persona }: Asker, { owner, author }: ModelRow): boolean {
  if (author === owner || persona === owner || persona === author) return false;
  return apart(world, author, owner) || (persona !== null && apart(world, author, persona));
}

const told = ({ key, author, audience, body, version }: Item): string => `${key} ${author} ${audience} ${version === undefined ? 'part' : 'whole'} ${sorted(body)}`;

/** The code with which a token is refused, whatever is asked; null where it is not. */
const tokenRefuses = ({ services, write }: Asker, writes: boolean): string | null => (services !== null && !services.includes(SERVICE) ? 'token_services' : writes && !write ? 'token_read_only' : null);

interface Spot { asker: Asker; owner: string; collection: string }

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

/** One write of a random kind by a random asker, compared with what the rules say, and written into the model. */
async function checkWrite(world: GateWorld, random: Random): Promise<void> {
  const asker = random.pick(world.askers);
  const owner = random.pick(world.people).persona;
  const collection = random.pick([...Object.keys(world.contract.collections), 'nothing']);
  const rows = world.rows.filter((row) => row.owner === owner && row.collection === collection);
  const mine = rows.filter(({ author }) => author === asker.persona);
  const where = `${asker.name} at ${owner}/${collection}`;
  const at = { persona: owner, service: SERVICE, collection };
  const token = tokenRefuses(asker, true);
  const { data } = world.trial.firewall.gate;
  const kind = world.contract.collections[collection]?.kind;
  const old = mine.length > 0 && random.once(2) ? random.pick(mine) : null;
  if (old && random.once(2)) {
    const got = await asked(() => data.remove(asker.caller, at, { where: { $key: { eq: old.key } } }));
    if (token) { assert.deepEqual(got, { refused: token }, where); return; }
    // Whoever may read there finds their own only if they may read it.
    const finds = !anyOf(world, asker, owner, collection, 'read') || due(world, asker, old, 'read') !== null;
    const row = { audience: asker.persona === owner ? old.audience : usualOf(world, collection), own: true };
    const may = says(world, asker, owner, collection, row, 'remove') !== 'none';
    assert.deepEqual(got, may ? { value: { count: finds ? 1 : 0 } } : { refused: 'not_found' }, `${where} removes ${JSON.stringify(old)}`);
    if (may && finds) world.rows = world.rows.filter((one) => one !== old);
    return;
  }
  const isOwner = asker.persona === owner;
  const audience = isOwner && kind !== undefined ? random.pick(audiencesOf(world, collection)) : undefined;
  const body = kind === 'links' ? { persona: asker.persona ?? 'x', relation: 'neighbour' } : someBody(random);
  const single = kind === 'single' && isOwner;
  const there = single ? rows[0] ?? null : old;
  const key = single ? undefined : there?.key ?? someKey(random);
  const got = await asked(() => data.put(asker.caller, at, { items: [{ body, ...(key !== undefined && { key }), ...(audience !== undefined && { audience }) }] }));
  if (token) { assert.deepEqual(got, { refused: token }, where); return; }
  const lies = isOwner ? audience ?? 'only-me' : collection in world.contract.collections ? usualOf(world, collection) : 'only-me';
  const adds = kind !== undefined && says(world, asker, owner, collection, { audience: lies, own: true }, 'add') !== 'none';
  const changes = kind !== undefined && says(world, asker, owner, collection, { audience: lies, own: true }, 'change') !== 'none';
  const same = there !== null && sorted(there.body) === sorted(body) && (audience === undefined || audience === there.audience);
  const may = isOwner ? same || (there ? changes : adds) : kind !== 'single' && (adds || changes) && (there !== null || adds);
  assert.deepEqual('value' in got ? 'taken' : got.refused, may ? 'taken' : 'not_found', `${where} ${there ? 'changes' : 'adds'} ${JSON.stringify({ body, audience })}`);
  if (!('value' in got)) return;
  const made = got.value.items[0]!.key;
  if (!there) world.rows.push({ owner, collection, key: made, audience: lies, author: asker.persona!, body });
  else if (isOwner || changes) Object.assign(there, { body, audience: isOwner ? lies : there.audience });
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

test(`${WORLDS} worlds of real pods answer as the plain rules say`, async (t) => {
  let compared = 0;
  for (let i = 0; i < WORLDS; i++) {
    const random = makeRandom(9000 + i);
    const world = await openGateWorld(random);
    try {
      compared += await checkAll(world, random);
      for (let n = 0; n < 60; n++) await checkWrite(world, random);
      compared += 60 + await checkAll(world, random);
    } catch (error) {
      t.diagnostic(`world ${9000 + i}: ${JSON.stringify(world.contract.collections)} ${JSON.stringify([...world.narrowings])} ${JSON.stringify([...world.relations].map(([pair, names]) => [pair, [...names]]))}`);
      throw error;
    } finally { world.trial.close(); }
  }
  t.diagnostic(`${compared} answers compared`);
  assert.ok(compared >= 100_000 * TIMES, String(compared));
});
