import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isWider } from '@commonhold/core';
import { openTrialHouse } from '../../../packages/house/src/testing/house.ts';
import { TIMES } from '../longer.ts';
import { makeRandom, type Random } from '../random.ts';
import type { Answer } from '../oracle.ts';
import { saidBy } from '../../../packages/house/src/testing/said.ts';
import { asked, asText } from './asked.ts';
import { askersOf, carried, nextContract, nowOf, personaOf, says, saysOf, selfOf, someLess, someService, type Asker, type Row, type Somebody, type TermsWorld } from './terms-world.ts';

/*
 * The life of a contract against the plain rules: people of a real house join generated services, as themselves or under a pseudonym,
 * write, offer, block, narrow, pause and go on, accept later versions with and without "earlier ones too", or stay; after every few
 * steps everybody asks everything. What a record is for is decided by all versions since it was written.
 */
const SERVICES = 14 * TIMES;
const TURNS = 5;
const STEPS = 12;
const NAMES = ['ada', 'bob', 'cy', 'dee'];
const here = { local: false };
/** How often somebody accepted more, and not for what was there. */
let bound = 0;

const trial = await openTrialHouse(NAMES);
after(() => trial.close());

async function openWorld(random: Random, name: string): Promise<TermsWorld> {
  const service = someService(trial.house.suite, random, name);
  const people = NAMES.map((handle): Somebody => ({ name: handle, caller: trial.people[handle]!, terms: null }));
  const world: TermsWorld = { trial, ...service, people, askers: [], rows: [], writes: 0, relations: new Map() };
  const joining = await trial.house.joining();
  const { hash } = await joining.preview(people[0]!.caller, { contract: service.publish(service.latest) }, here);
  // The last of them stays outside; the third is themselves, so that they can block each other.
  for (const [i, one] of people.slice(0, 3).entries()) {
    const as = i === 2 ? 'self' : random.pick(['self', 'pseudonym'] as const);
    const rules = random.once(2) ? someLess(random, service.latest) : {};
    const { persona } = await joining.join(one.caller, { hash, as, narrowing: { rules } });
    one.terms = { persona, as, history: [{ contract: service.latest, from: 0, earlier: true, wider: false }], narrowing: { rules } };
  }
  world.askers = askersOf(world);
  return world;
}

const KEYS = ['title', 'date', 'diet'];
const someBody = (random: Random): Record<string, string> => Object.fromEntries(random.some(KEYS).map((key) => [key, random.pick(['a', 'b'])]));
const placeOf = (world: TermsWorld, owner: Somebody, collection: string) => ({ persona: owner.terms!.persona, service: world.id, collection });
const joinedOf = ({ people }: TermsWorld): Somebody[] => people.filter(({ terms }) => terms !== null);

/** Writes in one's own pod, which is always allowed here; perhaps again what is there. */
async function write(world: TermsWorld, random: Random): Promise<void> {
  const owner = random.pick(joinedOf(world));
  const contract = nowOf(owner.terms!);
  const [collection, { kind, audiences = ['only-me'] }] = random.pick(Object.entries(contract.collections));
  const body = kind === 'links' ? { persona: personaOf(random.pick(world.people)), relation: random.pick(['friend', 'neighbour']) } : someBody(random);
  const mine = world.rows.filter((row) => row.owner === owner && row.collection === collection && row.author === owner.terms!.persona);
  const there = kind === 'single' ? mine[0] : random.once(3) ? mine.at(-1) : undefined;
  const audience = random.pick(audiences);
  const item = { body, audience, ...(there && { key: there.key }) };
  const { items } = await trial.house.gate.data.put(owner.caller, placeOf(world, owner, collection), { items: [item] });
  const at = ++world.writes;
  const isSame = there && asText({ ...there, body, audience, whole: true }) === asText({ ...there, whole: true });
  if (there) Object.assign(there, { body, audience, at: isSame ? there.at : at });
  else world.rows.push({ owner, collection, key: items[0]!.key, author: owner.terms!.persona, audience, body, at });
}

/** Offers something to somebody else, who takes it if their contract says so. */
async function offer(world: TermsWorld, random: Random): Promise<void> {
  const [owner, asker] = [random.pick(joinedOf(world)), random.pick(world.askers)];
  const [collection, { kind, audiences = ['only-me'], defaultAudience = audiences[0]! }] = random.pick(Object.entries(nowOf(owner.terms!).collections));
  if (asker.somebody === owner || kind === 'links' || (kind === 'single' && asker.signs)) return;
  const body = someBody(random), place = placeOf(world, owner, collection);
  const words = asker.signs ? saidBy(trial.house.suite, { seed: world.seed, now: trial.clock.ms }, place, { body }) : { items: [{ body }] };
  const got = await asked(() => trial.house.gate.data.put(asker.caller, place, words));
  const may = kind !== 'single' && selfOf(world, asker) !== null && says(world, { owner, asker, collection, row: { audience: defaultAudience, own: true } }, 'add') !== 'none';
  assert.deepEqual('value' in got ? 'taken' : got.refused, may ? 'taken' : 'not_found', `${asker.name} offers to ${owner.name}/${collection}`);
  if ('value' in got) world.rows.push({ owner, collection, key: got.value.items[0]!.key, author: selfOf(world, asker)!, audience: defaultAudience, body, at: ++world.writes });
}

async function relate(world: TermsWorld, random: Random): Promise<void> {
  const [one, other] = random.once(2) ? [random.pick(world.people), random.pick(world.people)] : random.pick([[world.people[2]!, world.people[3]!], [world.people[3]!, world.people[2]!]] as const);
  if (one === other) return;
  const isBlock = [one, other].every((each) => world.people.indexOf(each) > 1) && random.once(3);
  const relation = isBlock ? 'block' : random.pick(['follow', 'close']);
  const names = world.relations.get(`${one.name}>${other.name}`) ?? new Set();
  if (names.has(relation)) return;
  world.relations.set(`${one.name}>${other.name}`, names.add(relation));
  await trial.house.gate.transact(one.caller, one.caller.persona, 'people', (tx) => tx.put('links', { body: { persona: other.caller.persona, relation, createdAt: 1 } }));
}

async function change(world: TermsWorld, random: Random): Promise<void> {
  const joining = await trial.house.joining();
  const owner = random.pick(joinedOf(world));
  const { terms, caller } = owner;
  const place = [caller, terms!.persona, world.id] as const;
  if (random.once(3)) {
    const paused = terms!.narrowing.paused !== true;
    // Until they say so, or for some writes' time.
    const until = paused && random.once(2) ? trial.clock.ms + 1 + random.below(60) : undefined;
    await joining.pause(...place, paused, until);
    const { until: _, ...rest } = terms!.narrowing;
    terms!.narrowing = { ...rest, paused, ...(until === undefined ? {} : { until }) };
    return;
  }
  const rules = random.once(3) ? {} : someLess(random, nowOf(terms!));
  await joining.narrow(...place, { rules });
  terms!.narrowing = { ...terms!.narrowing, rules };
}

/** Publishes a version, or looks at the latest; accepts it or stays. */
async function upgrade(world: TermsWorld, random: Random): Promise<void> {
  const joining = await trial.house.joining();
  const owner = random.pick(joinedOf(world));
  const { terms, caller } = owner;
  const now = nowOf(terms!);
  if (now === world.latest || random.once(3)) world.latest = nextContract(random, world.latest);
  const contract = world.publish(world.latest);
  const { hash } = await joining.preview(caller, { contract }, here);
  const place = [caller, terms!.persona, world.id] as const;
  if (random.once(4)) { await joining.stay(...place, hash); return; }
  const earlier = random.once(3);
  await joining.accept(...place, { hash, earlier });
  const wider = isWider(world.publish(now), contract);
  terms!.narrowing = carried(now, world.latest, terms!.narrowing);
  terms!.history.push({ contract: world.latest, from: ++world.writes, earlier, wider });
  if (wider && !earlier) bound++;
}

interface Item { key: string; author: string; audience: string; body: Record<string, unknown>; version?: string }
const told = ({ version, ...item }: Item): string => asText({ ...item, whole: version !== undefined });

const isApart = (world: TermsWorld, one: string, other: string): boolean => {
  const names = [one, other].map((persona) => world.people.find((each) => personaOf(each) === persona)?.name);
  return one !== other && [names, [...names].reverse()].some(([a, b]) => world.relations.get(`${a}>${b}`)?.has('block'));
};

/** What another put there is for nobody whom a block parts from them, and for nobody but its owner while one parts them from the owner. */
function isKept(world: TermsWorld, asker: Asker, { author, owner }: Row): boolean {
  if (author === owner.terms!.persona || asker.somebody === owner || asker.persona === author) return false;
  return isApart(world, author, owner.terms!.persona) || (asker.persona !== null && isApart(world, author, asker.persona));
}

function due(world: TermsWorld, asker: Asker, row: Row, ...verbs: string[]): string | null {
  const answer: Answer = isKept(world, asker, row) ? 'none' : saysOf(world, { owner: row.owner, asker, collection: row.collection, row: { audience: row.audience, own: selfOf(world, asker) === row.author } }, row.at, ...verbs);
  if (answer === 'none') return null;
  return asText({ ...row, whole: answer === 'all', body: answer === 'all' ? row.body : Object.fromEntries(Object.entries(row.body).filter(([name]) => answer.includes(name))) });
}

async function checkOne(world: TermsWorld, owner: Somebody, asker: Asker, collection: string): Promise<number> {
  const { gate } = trial.house;
  const place = placeOf(world, owner, collection);
  const name = `${asker.name} at ${owner.name}/${collection}`;
  const rows = world.rows.filter((row) => row.owner === owner && row.collection === collection);
  for (const row of rows) {
    const text = gate.get(asker.caller, place.persona, world.id, collection, row.key);
    assert.equal(text === null ? null : told(JSON.parse(text) as Item), due(world, asker, row, 'read'), `${name}/${row.key}`);
  }
  const { audiences = ['only-me'] } = nowOf(owner.terms!).collections[collection]!;
  const any = (...verbs: string[]): boolean => audiences.some((audience) => [true, false].some((own) => says(world, { owner, asker, collection, row: { audience, own } }, ...verbs) !== 'none'));
  const want = (...verbs: string[]): string[] => rows.map((row) => due(world, asker, row, ...verbs)).filter((one) => one !== null).sort();
  const query = await asked(() => gate.data.query(asker.caller, place, { first: 500 }));
  assert.deepEqual('value' in query ? (JSON.parse(query.value) as { items: Item[] }).items.map(told).sort() : query.refused, any('read') ? want('read') : 'not_found', `${name} query`);
  assert.deepEqual(await asked(() => gate.data.count(asker.caller, place, {})), any('read', 'count') ? { value: { count: want('read', 'count').length } } : { refused: 'not_found' }, `${name} count`);
  for (const audience of audiences) {
    const whole = saysOf(world, { owner, asker, collection, row: { audience, own: false } }, 0, 'read') === 'all';
    assert.equal(gate.mayReadLane(asker.caller, place.persona, world.id, collection, audience === 'house' ? `house:${trial.house.secrets.persona}` : audience), whole, `${name} lane ${audience}`);
  }
  return rows.length + 2 + audiences.length;
}

async function checkAll(world: TermsWorld): Promise<number> {
  let compared = 0;
  for (const owner of joinedOf(world)) {
    for (const asker of world.askers) for (const collection of Object.keys(nowOf(owner.terms!).collections)) compared += await checkOne(world, owner, asker, collection);
  }
  return compared;
}

test(`${SERVICES} services live through joining, narrowing, pausing, later versions and blocks as the plain rules say`, async (t) => {
  let compared = 0;
  for (let n = 0; n < SERVICES; n++) {
    const random = makeRandom(5150 + n);
    const world = await openWorld(random, `service_${n}`);
    for (let turn = 0; turn < TURNS; turn++) {
      for (let i = 0; i < STEPS; i++) {
        trial.clock.ms += 3;
        await random.pick([write, write, write, write, offer, offer, relate, change, upgrade, upgrade, upgrade])(world, random);
      }
      compared += await checkAll(world);
    }
    // What one service's people are to each other is over before the next one comes.
    for (const one of world.people) await trial.house.gate.data.remove(one.caller, { persona: one.caller.persona, service: 'people', collection: 'links' }, { where: { relation: { in: ['follow', 'close', 'block'] } } });
  }
  t.diagnostic(`${compared} answers compared, ${bound} versions accepted for later ones only`);
  assert.ok(bound > SERVICES, String(bound));
  assert.ok(compared > 5000 * TIMES, String(compared));
});
