import type { PlainCollection, PlainContract, PlainFacts, PlainNarrowing, PlainRow, PlainRule, Question } from './oracle.ts';
import { makeRandom, type Random } from './random.ts';

/** Every audience, as the format spells them. */
export const ALL_AUDIENCES = ['only-me', 'close', 'linked', 'house', 'members', 'followers', 'everyone'] as const;
/** Every verb. */
export const ALL_VERBS = ['read', 'add', 'change', 'remove', 'watch', 'count', 'search'] as const;
const FIELDS = ['title', 'date', 'diet', 'constructor', 'toString'] as const;
/** When cases are asked. */
export const CASES_NOW = 1_700_000_000_000;
const READS = ['read', 'watch', 'count', 'search'] as const;
const LINKED = ['friend', 'follow', 'close', 'follower'] as const;
const RELATIONS = [...LINKED, 'mute', 'neighbour'] as const;
const NAMES = ['dishes', 'inbox', 'constructor', 'valueof'] as const;

function someWho(random: Random): unknown {
  switch (random.below(7)) {
    case 0: return { linked: random.some(LINKED, 1), ...(random.once(2) ? { mutual: random.once(2) } : {}) };
    case 1: return { house: 'mine' };
    default: return random.pick(['owner', 'service', 'member', 'signed-in', 'anyone']);
  }
}

/** Can no audience of these reach this party? The format refuses rules that could never apply. */
function isUnreachable(named: string, audiences: readonly string[]): boolean {
  if (named === 'owner') return false;
  if (named === 'service') return !audiences.includes('members') && !audiences.includes('everyone');
  return audiences.every((name) => name === 'only-me');
}

/** A rule that the format accepts for a list with these audiences. */
export function someRule(random: Random, audiences: readonly string[]): PlainRule {
  const who = someWho(random);
  const named = typeof who === 'string' ? who : 'persona';
  const unreachable = isUnreachable(named, audiences);
  if (named !== 'anyone' && random.once(unreachable ? 2 : 4)) return someOwnRule(random, who);
  if (unreachable) return named === 'anyone' ? { who: 'owner', may: ['read'] } : { who, may: ['add'] };
  if (random.once(2)) return { who, may: random.some(READS, 1), fields: random.some(FIELDS, 1) };
  return { who, may: random.some(named === 'anyone' ? READS : ALL_VERBS, 1) };
}

function someOwnRule(random: Random, who: unknown): PlainRule {
  if (random.once(3)) return { who, may: random.some(READS, 1), rows: 'own', fields: random.some(FIELDS, 1) };
  return { who, may: random.some(ALL_VERBS.filter((verb) => verb !== 'add'), 1), rows: 'own' };
}

/** A whole contract that parseContract accepts. */
export function someContract(random: Random): PlainContract {
  const collections: PlainContract['collections'] = {};
  for (const name of random.some(NAMES, 1)) {
    const audiences = random.some(ALL_AUDIENCES, 1);
    const said = audiences.length > 1 || random.once(2) ? { audiences, defaultAudience: random.pick(audiences) } : { audiences };
    const rules = Array.from({ length: 2 + random.below(8) }, () => someRule(random, audiences));
    const kind = random.once(5) ? 'single' : 'list';
    const kept = random.once(4) ? { retention: random.pick(['P1D', 'P2W', 'P3M', 'P1Y']) } : {};
    collections[name] = Object.assign({ kind, item: 'dish', ...kept }, random.once(8) ? withoutAudiences(random) : { ...said, allow: rules });
  }
  const of = random.pick(Object.keys(collections));
  if (random.once(2)) collections['drafts'] = Object.assign({ kind: 'local', item: 'dish' }, { allow: ownerRules(random) });
  if (random.once(2)) collections['seen'] = Object.assign({ kind: 'cache', item: 'dish', of, retention: 'P3D' }, { allow: ownerRules(random) });
  collections['links'] = Object.assign({ kind: 'links', item: 'link' }, someLinks(random));
  const text = { type: 'string', maxLength: 200 };
  return Object.assign({
    commonhold: 'contract/1', version: 1, purpose: 'Generated.',
    service: { id: 'A'.repeat(43), name: 'potluck', title: 'Potluck', publisher: 'The makers', key: 'A'.repeat(43) },
    data: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: {
        dish: { type: 'object', properties: Object.fromEntries(FIELDS.map((name) => [name, text])), additionalProperties: false },
        link: {
          type: 'object', required: ['persona', 'relation'], additionalProperties: false,
          properties: { persona: text, relation: { type: 'string', enum: ['friend', 'neighbour'] } },
        },
      },
    },
  }, { collections });
}

const ownerRules = (random: Random): PlainRule[] => Array.from({ length: random.below(3) }, () => ({ who: 'owner', may: random.some(ALL_VERBS, 1) }));

// Whoever could add a relation that a rule trusts could let themselves in: the format refuses it.
function someLinks(random: Random): PlainCollection {
  const audiences = random.some(ALL_AUDIENCES, 1);
  const rules = Array.from({ length: 1 + random.below(4) }, () => someRule(random, audiences)).map(({ fields: _, ...rule }) => rule)
    .map((rule) => (rule.who === 'owner' ? rule : { ...rule, may: rule.may.filter((verb) => verb !== 'add' && verb !== 'change') })).filter(({ may }) => may.length > 0);
  return { audiences, defaultAudience: random.pick(audiences), allow: [{ who: 'owner', may: ['read', 'add'] }, ...rules] };
}

function withoutAudiences(random: Random): { allow: PlainRule[] } {
  return { allow: Array.from({ length: random.below(4) }, () => someRule(random, ['only-me'])) };
}

/** A caller: each fact is true often enough to matter, and impossible mixes appear, too. */
export function someFacts(random: Random): PlainFacts {
  const relations = random.once(2) ? random.some(RELATIONS) : [];
  return {
    persona: random.once(4) ? null : 'c'.repeat(53), owner: random.once(6), service: random.once(5), member: random.once(2),
    house: random.once(2), relations, mutual: random.some([...relations, 'friend']), blocked: random.once(16), now: CASES_NOW,
  };
}

/** What an owner took back from this contract. */
export function someNarrowing(random: Random, contract: PlainContract): PlainNarrowing {
  const all = Object.entries(contract.collections).flatMap(([name, { allow }]) => allow.map((rule, i) => ({ id: `${name}.allow[${i}]`, rule })));
  const rules = (): NonNullable<PlainNarrowing['rules']> => Object.fromEntries(random.some(all).map(({ id, rule }) => [id, someLess(random, rule)]));
  const until = random.once(2) ? {} : { until: CASES_NOW + random.pick([-1, 0, 1]) };
  return { ...(random.once(16) ? { paused: true, ...until } : random.once(4) ? { paused: false } : {}), ...(random.once(3) ? { rules: rules() } : {}) };
}

const WRITING = ['add', 'change', 'remove'];

function someLess(random: Random, rule: PlainRule): NonNullable<PlainNarrowing['rules']>[string] {
  if (random.once(2)) return { off: true };
  const fields = !rule.may.some((verb) => WRITING.includes(verb)) && random.once(2) ? { fields: random.some(rule.fields ?? FIELDS, 1) } : {};
  return { ...fields, ...(random.once(2) ? { audiences: random.some(ALL_AUDIENCES, 1) } : {}) };
}

/** A question about one row of one collection, sometimes one that is not there. */
export function someQuestion(random: Random, contract: PlainContract): Question {
  const names = Object.keys(contract.collections);
  const collection = random.once(40) ? random.pick(['nothing', 'hasownproperty', '__proto__']) : random.pick(random.once(3) ? names : names.filter((name) => (NAMES as readonly string[]).includes(name)));
  const verb = random.pick(ALL_VERBS);
  const listed = contract.collections[collection]?.audiences;
  const row: PlainRow = { audience: random.pick(listed === undefined || random.once(8) ? ALL_AUDIENCES : listed), own: verb === 'add' || random.once(3) };
  return { contract, narrowing: someNarrowing(random, contract), facts: someFacts(random), collection, verb, row };
}

/** `count` questions over fresh contracts, `each` of them per contract; the same for the same seed. */
export function* gateCases(seed: number, count: number, each = 60): Generator<Question> {
  const random = makeRandom(seed);
  let contract = someContract(random);
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % each === 0) contract = someContract(random);
    yield someQuestion(random, contract);
  }
}
