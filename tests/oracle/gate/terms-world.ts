import { checkUpgrade, parseContract, serviceId, signContract, toBase64Url, type Contract, type Json, type Suite } from '@commonhold/core';
import type { Caller } from '../../../packages/house/src/firewall/caller.ts';
import type { TrialHouse } from '../../../packages/house/src/testing/house.ts';
import { someContract, someRule } from '../gate-cases.ts';
import { oracle, type Answer, type PlainContract, type PlainFacts, type PlainNarrowing, type PlainRule } from '../oracle.ts';
import type { Random } from '../random.ts';

/** A contract as its service publishes it. */
export type Published = PlainContract & { version: number; collections: Record<string, { kind: string }> };
/** A version that somebody accepted: from which write on, and whether for what was there before, too. */
interface Accepted { contract: Published; from: number; earlier: boolean; wider: boolean }
/** What somebody agreed to. */
export interface Terms { persona: string; as: 'self' | 'pseudonym'; history: Accepted[]; narrowing: PlainNarrowing }
/** Somebody of the house; `terms` where they have joined. */
export interface Somebody { name: string; caller: Caller & { persona: string }; terms: Terms | null }
/** A record; `at` counts writes. */
export interface Row { owner: Somebody; collection: string; key: string; author: string; audience: string; body: Record<string, string>; at: number }
/** Who asks. */
export interface Asker { name: string; caller: Caller; persona: string | null; self: boolean; signs: boolean; somebody: Somebody | null }

/** One service of one house, and all that is true of it. */
export interface TermsWorld {
  trial: TrialHouse; id: string; key: string; seed: Uint8Array; publish(contract: Published): Contract;
  latest: Published; people: Somebody[]; askers: Asker[]; rows: Row[]; writes: number;
  /** `owner>other` by name: what was recorded in people. */
  relations: Map<string, Set<string>>;
}

/** As whom somebody acts at the service. */
export const personaOf = ({ terms, caller }: Somebody): string => terms?.persona ?? caller.persona;
const isSelf = ({ terms }: Somebody): boolean => terms?.as !== 'pseudonym';
/** The version that binds somebody now. */
export const nowOf = ({ history }: Terms): Published => history.at(-1)!.contract;

/** As whom somebody is an author; the makers as their service. */
export const selfOf = ({ id }: Pick<TermsWorld, 'id'>, { signs, persona }: Asker): string | null => (signs ? id : persona);

function related({ relations, rows }: TermsWorld, owner: Somebody, asker: Asker): string[] {
  const ofPeople = asker.somebody && isSelf(owner) && asker.self ? [...relations.get(`${owner.name}>${asker.somebody.name}`) ?? []] : [];
  return [...ofPeople, ...rows.filter((row) => row.owner === owner && row.collection === 'links' && row.body['persona'] === asker.persona).map(({ body }) => body['relation']!)];
}

const askerOf = (somebody: Somebody): Asker => ({ name: somebody.name, caller: somebody.caller, persona: personaOf(somebody), self: isSelf(somebody), signs: false, somebody });

/** Everybody who may ask: people, the makers, nobody. */
export const askersOf = ({ people, id, key }: Pick<TermsWorld, 'people' | 'id' | 'key'>): Asker[] => [
  ...people.map(askerOf),
  { name: 'makers', caller: { kind: 'service', service: id, key }, persona: null, self: false, signs: true, somebody: null },
  { name: 'anyone', caller: { kind: 'anyone' }, persona: null, self: false, signs: false, somebody: null },
];

function factsFor(world: TermsWorld, owner: Somebody, asker: Asker): PlainFacts {
  const names = asker.persona === null ? [] : related(world, owner, asker);
  const back = asker.somebody ? related(world, asker.somebody, askerOf(owner)) : [];
  return {
    persona: asker.persona, owner: asker.somebody === owner, service: asker.signs, member: asker.somebody?.terms != null, house: asker.persona !== null,
    relations: names, mutual: names.filter((name) => back.includes(name)), blocked: names.includes('block') || back.includes('block'), now: world.trial.clock.ms,
  };
}

/** What of such a record two contracts both let somebody have. */
const both = (one: Answer, other: Answer): Answer => {
  if (one === 'none' || other === 'none') return 'none';
  if (one === 'all') return other;
  const left = other === 'all' ? one : one.filter((name) => other.includes(name));
  return left.length === 0 ? 'none' : left;
};

const union = (answers: Answer[]): Answer => {
  if (answers.includes('all')) return 'all';
  const fields = [...new Set(answers.flatMap((one) => (typeof one === 'string' ? [] : one)))].sort();
  return fields.length === 0 ? 'none' : fields;
};

interface Asked { owner: Somebody; asker: Asker; collection: string; row: { audience: string; own: boolean } }

/** What the version in force says, for one of these verbs. */
export function says(world: TermsWorld, { owner, asker, collection, row }: Asked, ...verbs: string[]): Answer {
  const terms = owner.terms!;
  const facts = factsFor(world, owner, asker);
  return union(verbs.map((verb) => oracle({ contract: nowOf(terms), narrowing: terms.narrowing, facts, collection, verb, row })));
}

/**
 * What there is for a record that was written when: what the version in force gives, and, as long as its owner did not say "earlier ones too",
 * no more than each version gave that was in force when it was written or came after.
 */
export function saysOf(world: TermsWorld, asked: Asked, at: number, ...verbs: string[]): Answer {
  const { owner, asker, collection, row } = asked;
  const { history } = owner.terms!;
  const facts = factsFor(world, owner, asker);
  const earlier: PlainContract[] = [];
  for (let i = history.length - 1; i > 0 && at < history[i]!.from; i--) {
    if (history[i]!.wider && history[i]!.earlier) break;
    if (history[i]!.wider) earlier.push(history[i - 1]!.contract);
  }
  if (facts.owner) return says(world, asked, ...verbs);
  return union(verbs.map((verb) => earlier.map((contract) => oracle({ contract, narrowing: {}, facts, collection, verb, row })).reduce(both, says(world, asked, verb))));
}

const clone = <T>(value: T): T => structuredClone(value);

/** The next version of a contract: more, fewer and other rules; what was kept still fits. */
export function nextContract(random: Random, contract: Published): Published {
  for (;;) {
    const next = clone(contract);
    next.version++;
    // Many a version takes away alone: what was refused to the one before must not come by that way.
    const isLess = random.once(3);
    for (const [name, collection] of Object.entries(next.collections)) {
      if (name === 'links' || collection.kind === 'local' || collection.kind === 'cache' || random.once(2)) continue;
      const rules = collection.allow.filter(({ who }) => who === 'owner' || !random.once(4)).map((rule) => (!isLess && random.once(3) ? changed(random, rule) : rule));
      collection.allow = isLess ? rules : random.once(2) ? [someRule(random, collection.audiences ?? ['only-me']), ...rules] : [...rules, ...(random.once(2) ? [someRule(random, collection.audiences ?? ['only-me'])] : [])];
    }
    const [before, after] = [contract, next].map((one) => parseContract(one));
    if (before!.ok && after!.ok && checkUpgrade(before!.value, after!.value).ok) return next;
  }
}

const FIELDS = ['title', 'date', 'diet', 'constructor', 'toString'];
const READING = ['read', 'watch', 'count', 'search'];

function changed(random: Random, rule: PlainRule): PlainRule {
  if (rule.who === 'owner' || !rule.may.every((verb) => READING.includes(verb))) return rule;
  const { fields: _, ...whole } = rule;
  return random.once(3) ? whole : { ...rule, fields: random.some(FIELDS, 1) };
}

/** What an owner might take back of a contract. */
export function someLess(random: Random, contract: Published): NonNullable<PlainNarrowing['rules']> {
  const found: NonNullable<PlainNarrowing['rules']> = {};
  for (const [name, { allow, audiences = ['only-me'] }] of Object.entries(contract.collections)) {
    for (const [i, rule] of allow.entries()) {
      if (rule.who === 'owner' || !random.once(3)) continue;
      const fields = name !== 'links' && rule.may.every((verb) => READING.includes(verb)) && random.once(2) ? { fields: random.some(rule.fields ?? FIELDS, 1) } : {};
      found[`${name}.allow[${i}]`] = random.once(3) ? { off: true } : { ...fields, ...(random.once(2) ? { audiences: random.some(audiences, 1) } : {}) };
    }
  }
  return found;
}

const text = ({ who, may, fields, rows }: PlainRule): string => JSON.stringify([whoText(who), [...may].sort(), fields ?? null, rows ?? null]);
const whoText = (who: unknown): string => (typeof who === 'string' ? who : JSON.stringify(Object.entries(who as object).sort()));

/**
 * What was taken back, under the next version: a rule that is as it was keeps what was taken from it; a changed or new one loses all
 * that was taken from any rule of the same people and verbs before.
 */
export function carried(from: Published, to: Published, { rules = {}, ...pause }: PlainNarrowing): PlainNarrowing {
  const kept: NonNullable<PlainNarrowing['rules']> = {};
  for (const [name, { allow }] of Object.entries(to.collections)) {
    const before = from.collections[name]?.allow ?? [];
    const takenFrom = (i: number) => rules[`${name}.allow[${i}]`];
    for (const [n, rule] of allow.entries()) {
      const same = before.findIndex((one) => text(one) === text(rule));
      const alike = before.flatMap((one, i) => (whoText(one.who) === whoText(rule.who) && one.may.some((verb) => rule.may.includes(verb)) ? [i] : []));
      const parts = (same >= 0 ? [same] : alike).map(takenFrom).filter((one) => one !== undefined);
      if (parts.length > 0) kept[`${name}.allow[${n}]`] = parts.reduce(less);
    }
  }
  return { ...pause, rules: kept };
}

type Less = NonNullable<PlainNarrowing['rules']>[string];
const shared = (one: string[] | undefined, other: string[] | undefined): string[] | undefined => (one && other ? one.filter((each) => other.includes(each)) : one ?? other);

function less(one: Less, other: Less): Less {
  const [fields, audiences] = [shared(one.fields, other.fields), shared(one.audiences, other.audiences)];
  return { ...(one.off || other.off ? { off: true } : {}), ...(fields && { fields }), ...(audiences && { audiences }) };
}

/** A service of its own key, with a generated contract. */
export function someService(suite: Suite, random: Random, name: string): Pick<TermsWorld, 'id' | 'key' | 'seed' | 'publish' | 'latest'> {
  const seed = suite.random(32);
  const key = suite.publicKey(seed);
  const id = serviceId(suite, key, name);
  const contract = someContract(random) as Published;
  for (const one of Object.values(contract.collections)) one.allow = [...one.allow, { who: 'owner', may: ['add', 'change'] }];
  const latest = Object.assign(contract, { service: { id, name, title: name, publisher: 'The makers', key: toBase64Url(key) } });
  return {
    id, key: toBase64Url(key), seed, latest,
    publish: (document) => {
      const parsed = parseContract(document as unknown as Json);
      if (!parsed.ok) throw new TypeError(JSON.stringify(parsed));
      return signContract(suite, parsed.value, seed, '0'.repeat(16));
    },
  };
}
