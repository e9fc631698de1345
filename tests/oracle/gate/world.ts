import { join } from 'node:path';
import { toBase64Url } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { openSqlite } from '../../../packages/house/src/sqlite/port.ts';
import { openTrialFirewall, type TrialFirewall } from '../../../packages/house/src/testing/firewall.ts';
import { seedOf } from '../../../packages/house/src/testing/meals.ts';
import type { Caller } from '../../../packages/house/src/firewall/caller.ts';
import { CASES_NOW, someContract, someNarrowing } from '../gate-cases.ts';
import { oracle, type Answer, type PlainContract, type PlainFacts, type PlainNarrowing } from '../oracle.ts';
import type { Random } from '../random.ts';
import type { Seen } from '../routes/data-model.ts';

/** A service that nobody but this test knows. */
export const SERVICE = 'A'.repeat(43);
const NAMES = ['ada', 'bob', 'cy', 'dee'];
const KEYS = ['title', 'date', 'diet', 'constructor', 'toString'];

export type Somebody = Caller & { persona: string };
/** A record as the model knows it. */
export interface ModelRow { /** Milliseconds of its last write. */ written: number; owner: string; collection: string; key: string; audience: string; author: string; body: Record<string, string> }
/** Somebody who asks, and what a token takes away from them. */
export interface Asker {
  name: string; caller: Caller; persona: string | null; services: readonly string[] | null; write: boolean;
  /** Signs as the service, with its key or with another. */
  signs?: 'truly' | 'falsely';
}

/** Real pods under a generated contract, and all that is true of them. */
export interface GateWorld {
  trial: TrialFirewall;
  contract: PlainContract & { collections: Record<string, { kind: string; retention?: string }> };
  people: Somebody[];
  askers: Asker[];
  rows: ModelRow[];
  /** `owner collection` of single records that were there once and are not. */
  emptied: Set<string>;
  /** With which the service signs, and with which somebody else does. */
  seeds: { truly: Uint8Array; falsely: Uint8Array };
  /** `owner>other` → relations that the owner recorded in people. */
  relations: Map<string, Set<string>>;
  narrowings: Map<string, PlainNarrowing>;
}

/** As whom somebody is an author: a persona, or the service by its key; null for nobody. */
export const selfOf = ({ signs, persona }: Pick<Asker, 'signs' | 'persona'>): string | null => (signs === 'truly' ? SERVICE : persona);

/** What an owner recorded of somebody: in people, and in the links of the service, which are records like others. */
export const related = ({ relations, rows }: Pick<GateWorld, 'relations' | 'rows'>, owner: string, other: string): string[] => [
  ...relations.get(`${owner}>${other}`) ?? [],
  ...rows.filter((row) => row.owner === owner && row.collection === 'links' && row.body['persona'] === other).map(({ body }) => body['relation']!),
];

/** Does one of the two block the other? */
export const apart = (world: Pick<GateWorld, 'relations' | 'rows'>, one: string, other: string): boolean =>
  one !== other && (related(world, one, other).includes('block') || related(world, other, one).includes('block'));

/** What is known of an asker who comes to this owner. */
export function factsFor(world: GateWorld, { persona, signs }: Pick<Asker, 'persona' | 'signs'>, owner: string): PlainFacts {
  const names = persona === null ? [] : related(world, owner, persona);
  // Countersigned: the other side says the same of the owner.
  const mutual = persona === null ? [] : names.filter((name) => related(world, persona, owner).includes(name));
  const blocked = persona !== null && apart(world, persona, owner);
  return { persona, owner: persona === owner, service: signs === 'truly', member: persona !== null, house: persona !== null, relations: names, mutual, blocked, now: world.trial.clock.ms };
}

/** What the rules say, of one of these verbs at least. */
export function says(world: GateWorld, asker: Asker, owner: string, collection: string, row: { audience: string; own: boolean }, ...verbs: string[]): Answer {
  const { contract } = world;
  // Whoever shows a key that is none is told nothing at all.
  if (asker.signs === 'falsely') return 'none';
  const narrowing = world.narrowings.get(owner) ?? {};
  const answers = verbs.map((verb) => oracle({ contract, narrowing, facts: factsFor(world, asker, owner), collection, verb, row }));
  if (answers.includes('all')) return 'all';
  const fields = [...new Set(answers.flatMap((answer) => (typeof answer === 'string' ? [] : answer)))].sort();
  return fields.length === 0 ? 'none' : fields;
}

/** Audiences that a collection lists. */
export const audiencesOf = (world: GateWorld, collection: string): string[] => world.contract.collections[collection]?.audiences ?? (collection in world.contract.collections ? ['only-me'] : []);
/** Where a record lies of which nothing is said. */
export const usualOf = (world: GateWorld, collection: string): string => world.contract.collections[collection]?.defaultAudience ?? audiencesOf(world, collection)[0]!;

/** Is anything of a collection for this asker, whatever is in it? */
export const anyOf = (world: GateWorld, asker: Asker, owner: string, collection: string, ...verbs: string[]): boolean =>
  audiencesOf(world, collection).some((audience) => [true, false].some((own) => says(world, asker, owner, collection, { audience, own }, ...verbs) !== 'none'));

/** The fields that an asker may name, since they may have them of some record; null: nothing is for them. */
export function nameable(world: GateWorld, asker: Asker, owner: string, collection: string, ...verbs: string[]): string[] | null {
  const all = audiencesOf(world, collection).flatMap((audience) => [true, false].map((own) => says(world, asker, owner, collection, { audience, own }, ...verbs)));
  if (all.every((one) => one === 'none')) return null;
  const whole = collection === 'links' ? ['persona', 'relation'] : KEYS;
  return ['$key', '$author', '$audience', ...(all.includes('all') ? whole : new Set(all.flatMap((one) => (typeof one === 'string' ? [] : one))))];
}

/** A random body that the contract takes. */
export const someBody = (random: Random): Record<string, string> => Object.fromEntries(random.some(KEYS).map((name) => [name, random.pick(['a', 'b', 'c'])]));
/** A fresh key. */
export const someKey = (random: Random): string => Buffer.from(Array.from({ length: 16 }, () => random.below(256))).toString('base64url');

const DAY = 86_400_000;
const SPANS: Record<string, number> = { D: 1, W: 7, M: 30, Y: 365 };

/** Time passes; what a collection keeps for so long only is gone then, for everybody. */
export function passTime(world: GateWorld, days: number): void {
  world.trial.clock.ms += days * DAY;
  world.rows = world.rows.filter(({ collection, written }) => {
    const { retention } = world.contract.collections[collection]!;
    return retention === undefined || written + Number(retention.slice(1, -1)) * SPANS[retention.at(-1)!]! * DAY > world.trial.clock.ms;
  });
}

/** Builds a world: people, who is what to whom, what owners took back, records of owners. */
export async function openGateWorld(random: Random): Promise<GateWorld> {
  const contract = someContract(random) as GateWorld['contract'];
  // That there is something to ask about, owners may always write; what others may is the contract's.
  for (const one of Object.values(contract.collections)) one.allow = [...one.allow, { who: 'owner', may: ['add', 'change'] }];
  const seeds = { truly: seedOf(nobleSuite, 'truly'), falsely: seedOf(nobleSuite, 'falsely') };
  Object.assign((contract as unknown as { service: object }).service, { key: keyOf(seeds.truly) });
  const trial = openTrialFirewall(NAMES, contract);
  const people = NAMES.map((name) => trial.people[name]!);
  const world: GateWorld = { trial, contract, people, askers: askersOf(people, random, seeds), rows: [], emptied: new Set(), seeds, relations: new Map(), narrowings: new Map() };
  await relateAll(world, random);
  await writeAll(world, random);
  narrowAll(world, random);
  return world;
}

const keyOf = (seed: Uint8Array): string => toBase64Url(nobleSuite.publicKey(seed));

function askersOf(people: readonly Somebody[], random: Random, seeds: GateWorld['seeds']): Asker[] {
  const open = { services: null, write: true };
  const sessions = people.map((caller, i): Asker => ({ ...open, name: NAMES[i]!, caller, persona: caller.persona }));
  const machines = people.slice(0, 2).map(({ persona }, i): Asker => ({ ...open, name: `${NAMES[i]!}'s machine`, caller: { kind: 'owner', persona }, persona }));
  const scripts = people.slice(0, 3).map(({ persona }, i): Asker => {
    const services = random.pick([null, [SERVICE], ['people', SERVICE], ['people']]);
    const write = random.once(2);
    return { name: `${NAMES[i]!}'s script`, persona, services, write, caller: { kind: 'app', persona, token: `t${i}`, label: 'script', services, write } };
  });
  const makers = (['truly', 'falsely'] as const).map((signs): Asker => ({ ...open, name: `makers, ${signs}`, signs, persona: null, caller: { kind: 'service', service: SERVICE, key: keyOf(seeds[signs]) } }));
  return [...sessions, ...machines, ...scripts, ...makers, { ...open, name: 'anyone', caller: { kind: 'anyone' }, persona: null }];
}

async function relateAll(world: GateWorld, random: Random): Promise<void> {
  const { trial, people, relations } = world;
  const { gate } = trial.firewall;
  for (const owner of people) {
    for (const other of people.filter((one) => one !== owner)) {
      const names = new Set([...random.some(['follow', 'close', 'mute']).filter(() => random.once(2)), ...(random.once(14) ? ['block'] : [])]);
      const own = new Set(random.some(['friend', 'neighbour']).filter(() => random.once(2)));
      relations.set(`${owner.persona}>${other.persona}`, names);
      await gate.transact(owner, owner.persona, 'people', (tx) => { for (const relation of names) tx.put('links', { body: { persona: other.persona, relation, createdAt: 1 } }); });
      for (const relation of own) {
        const audience = random.pick(audiencesOf(world, 'links'));
        const body = { persona: other.persona, relation };
        const { items } = await gate.data.put(owner, { persona: owner.persona, service: SERVICE, collection: 'links' }, { items: [{ body, audience }] });
        world.rows.push({ written: trial.clock.ms, owner: owner.persona, collection: 'links', key: items[0]!.key, audience, author: owner.persona, body });
      }
    }
  }
  for (const owner of people) {
    for (const other of people) {
      if (owner === other || apart(world, owner.persona, other.persona) || !random.once(3)) continue;
      await gate.data.put(other, { persona: owner.persona, service: 'people', collection: 'followers' }, { items: [{ body: { persona: other.persona, relation: 'follower', createdAt: 1 } }] });
      relations.get(`${owner.persona}>${other.persona}`)!.add('follower');
    }
  }
}

async function writeAll(world: GateWorld, random: Random): Promise<void> {
  const { gate } = world.trial.firewall;
  for (const { persona } of world.people) {
    for (const [collection, { kind }] of Object.entries(world.contract.collections)) {
      if (kind === 'links') continue;
      const audiences = kind === 'single' ? [random.pick(audiencesOf(world, collection))] : audiencesOf(world, collection).flatMap((audience) => (random.once(3) ? [audience, audience] : [audience]));
      const items = audiences.map((audience) => ({ body: someBody(random), audience, ...(kind === 'single' ? {} : { key: someKey(random) }) }));
      const put = await gate.data.put({ kind: 'owner', persona }, { persona, service: SERVICE, collection }, { items });
      put.items.forEach(({ key }, i) => world.rows.push({ written: world.trial.clock.ms, owner: persona, collection, key, author: persona, ...items[i]! }));
    }
  }
}

/** A pause that ends is over already, ends now, or in ten days. */
const sometime = (now: number, { until, ...rest }: PlainNarrowing): PlainNarrowing => ({ ...rest, ...(until === undefined ? {} : { until: now + Math.sign(until - CASES_NOW) * 10 * DAY }) });

// Any narrowing, also such as no verb would let somebody make: it is written where it is read.
function narrowAll(world: GateWorld, random: Random): void {
  const { trial, people, contract } = world;
  const chosen = people.filter(() => random.once(2)).map(({ persona }) => ({ persona, narrowing: sometime(trial.clock.ms, someNarrowing(random, contract)) }));
  trial.firewall.close();
  for (const { persona, narrowing } of chosen) {
    const file = openSqlite(join(trial.folder, 'pods', `pod-${persona}.db`), { durability: 'full' });
    file.prepare('UPDATE contracts SET narrowing = ? WHERE service = ?').run(JSON.stringify(narrowing), SERVICE);
    file.close();
    world.narrowings.set(persona, narrowing);
  }
  trial.reopen();
}

/** A record goes. */
export function drop(world: GateWorld, row: ModelRow): void {
  world.rows = world.rows.filter((one) => one !== row);
  if (row.key === 'self') world.emptied.add(`${row.owner} ${row.collection}`);
}

/** What of a row is for this asker; null for nothing. */
export function due(world: GateWorld, asker: Asker, row: ModelRow, ...verbs: string[]): Seen | null {
  const answer = says(world, asker, row.owner, row.collection, { audience: row.audience, own: selfOf(asker) === row.author }, ...verbs);
  if (answer === 'none' || isKeptFrom(world, asker, row)) return null;
  const body = answer === 'all' ? row.body : Object.fromEntries(Object.entries(row.body).filter(([name]) => answer.includes(name)));
  return { key: row.key, author: row.author, audience: row.audience, body, whole: answer === 'all', note: row };
}

/** What another put there is for nobody whom a block parts from them, but its owner; and for nobody else while one parts them from the owner. */
function isKeptFrom(world: GateWorld, { persona }: Asker, { owner, author }: ModelRow): boolean {
  if (author === owner || persona === owner || persona === author) return false;
  return apart(world, author, owner) || (persona !== null && apart(world, author, persona));
}
