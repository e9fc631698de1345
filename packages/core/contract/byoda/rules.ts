import type { Audience, Rule, Verb, Who } from '../types.ts';
import { ENTITIES, type Effective, type Entity, type Grant } from './access.ts';
import type { Notes, UnhonouredCode } from '../notes.ts';

/** What the rules of a class are made for. */
export interface RulesAround {
  readonly single: boolean;
  /** Every relation that a link of the file can have; empty when it has no links. */
  readonly relations: readonly string[];
  readonly notes: Notes;
  /** The place of the class. */
  readonly at: string;
}

/** A rule, and the place in the file that it comes from. */
export interface MadeRule { readonly rule: Rule; readonly at: string }

const VERBS: { readonly [permission in Effective]: Verb } = { read: 'read', append: 'add', update: 'change', delete: 'remove', subscribe: 'watch' };
const READS: ReadonlySet<Verb> = new Set<Verb>(['read', 'watch']);
const ORDER: readonly Verb[] = ['read', 'add', 'change', 'remove', 'watch'];

/** One right: a party, a verb, and of which field (null = whole records). */
interface Right { readonly entity: Entity; readonly who: Who; /** Says the party in one text. */ readonly party: string; readonly verb: Verb; readonly field: string | null; readonly at: string }

/**
 * The rules of a class: those of its own access control, then those of its fields, which add to them and take nothing away.
 * Rights of one party stand together in one rule.
 */
export function rulesOf(own: readonly Grant[], byField: ReadonlyMap<string, readonly Grant[]>, around: RulesAround): MadeRule[] {
  const whole = own.flatMap((grant) => rights(grant, null, around));
  const held = new Set(whole.map(keyOf));
  const some = [...byField].flatMap(([field, grants]) => grants.filter(({ entity }) => entity !== 'member').flatMap((grant) => rights(grant, field, around)))
    .filter((right) => !held.has(keyOf(right)));
  if (!whole.some(({ entity, verb }) => entity === 'member' && verb === 'remove')) around.notes.add('owner_may_always', around.at);
  return [...together(whole), ...narrowed(some)];
}

function rights({ entity, permission, relations, at }: Grant, field: string | null, around: RulesAround): Right[] {
  const verb = VERBS[permission];
  const why = beyondUs(entity, verb, field, around);
  if (why !== null) { around.notes.add(why, at); return []; }
  const linked = relations ?? around.relations;
  const right = (one: Verb): Right => ({ entity, who: partyOf(entity, linked), party: entity === 'network' ? linked.join() : entity, verb: one, field, at });
  // Its owner makes the one record by the first change of it.
  return entity === 'member' && around.single && verb === 'change' ? [right('add'), right('change')] : [right(verb)];
}

function beyondUs(entity: Entity, verb: Verb, field: string | null, { relations }: RulesAround): UnhonouredCode | null {
  if (!READS.has(verb) && field !== null) return 'field_write';
  if (!READS.has(verb) && entity === 'anonymous') return 'anonymous_write';
  return entity === 'network' && relations.length === 0 ? 'nobody_linked' : null;
}

function partyOf(entity: Entity, relations: readonly string[]): Who {
  switch (entity) {
    case 'member': return 'owner';
    case 'network': return { linked: relations };
    case 'any_member': return 'member';
    case 'service': return 'service';
    default: return 'anyone';
  }
}

const keyOf = ({ entity, party, verb }: Right): string => `${entity} ${party} ${verb}`;
const inOrder = (verbs: ReadonlySet<Verb>): Verb[] => ORDER.filter((verb) => verbs.has(verb));

function together(all: readonly Right[]): MadeRule[] {
  const parties = new Map<string, { first: Right; verbs: Set<Verb> }>();
  for (const right of ENTITIES.flatMap((entity) => all.filter((one) => one.entity === entity))) {
    const key = `${right.entity} ${right.party}`;
    const party = parties.get(key);
    if (party === undefined) parties.set(key, { first: right, verbs: new Set([right.verb]) });
    else party.verbs.add(right.verb);
  }
  return [...parties.values()].map(({ first, verbs }) => ({ rule: { who: first.who, may: inOrder(verbs) }, at: first.at }));
}

function narrowed(some: readonly Right[]): MadeRule[] {
  const byParty = new Map<string, { first: Right; fields: Set<string> }>();
  for (const right of some) {
    const key = keyOf(right);
    const party = byParty.get(key);
    if (party === undefined) byParty.set(key, { first: right, fields: new Set([right.field!]) });
    else party.fields.add(right.field!);
  }
  return [...byParty.values()].map(({ first, fields }) => ({ rule: { who: first.who, may: [first.verb], fields: [...fields] }, at: first.at }));
}

/**
 * The audiences of a class whose rules are these, the widest last, which is where its records lie. BYODA knows no audiences: a
 * record is for everybody whom a rule lets read. Its network is made of members, so that members are enough for that, too.
 */
export function audiencesOf(rules: readonly MadeRule[]): readonly Audience[] {
  const others = rules.filter(({ rule }) => rule.who !== 'owner' && rule.may.some((verb) => verb !== 'add'));
  if (others.length === 0) return ['only-me'];
  const some: Audience[] = ['only-me', 'linked', 'members'];
  return others.some(({ rule }) => rule.who === 'anyone') ? [...some, 'everyone'] : some;
}
