import { AUDIENCES, audiencesOf, maskOf } from './audience.ts';
import { yes, type Result } from '../result.ts';
import type { Json } from '../bytes/json.ts';
import { blobFields, namedBlobs, type NamedBlob } from './blobs.ts';
import { durationMs } from './names.ts';
import { compileDefinitions } from './schema/compile.ts';
import type { Issue, Validator } from './schema/issue.ts';
import { asJson, VERBS, type Alternative, type Audience, type Collection, type Contract, type Decision, type Facts, type Kind, type Rule, type Verb, type Who } from './types.ts';

/** A rule prepared for deciding: whom it matches, and what it gives for the audiences that the caller is in. */
export interface CompiledRule {
  readonly id: string;
  readonly matches: (facts: Facts) => boolean;
  readonly alternative: (mask: number) => Alternative | null;
}

/** A collection prepared for deciding and checking. */
export interface CompiledCollection {
  readonly name: string;
  readonly kind: Kind;
  readonly audiences: readonly Audience[];
  readonly defaultAudience: Audience;
  /** Bits of `audiences`. */
  readonly mask: number;
  /** Most records, and most bytes of one body in its canonical form. */
  readonly limits: { readonly count: number; readonly itemBytes: number };
  /** Milliseconds after which a record is no longer served, or null. */
  readonly retention: number | null;
  /** Names of the fields of an item. */
  readonly fields: readonly string[];
  /** Those of them that can name blobs. */
  readonly blobFields: readonly string[];
  readonly check: Validator;
  readonly rules: ReadonlyMap<Verb, readonly CompiledRule[]>;
  /** The owner's answer for read and remove, which no contract takes away. */
  readonly owner: Decision;
}

/** A contract prepared once, cached by its hash. */
export interface Compiled { readonly contract: Contract; readonly collections: ReadonlyMap<string, CompiledCollection> }

/** What a collection holds at most when its contract does not say. */
export const DEFAULT_LIMITS = { count: 100_000, itemBytes: 65_536 } as const;

const OWNER: Decision = { allow: [{ fields: null, rows: 'all', audiences: AUDIENCES, rule: 'owner' }] };

/** Prepares a contract that parseContract accepted; a no carries what is wrong with its schemas. */
export function compileContract(contract: Contract): Result<Compiled> {
  const validators = compileDefinitions(contract.data.$defs);
  if (!validators.ok) return validators;
  const collections = new Map<string, CompiledCollection>();
  for (const [name, collection] of Object.entries(contract.collections)) {
    collections.set(name, compileCollection(contract, name, collection, validators.value.get(collection.item)!));
  }
  return yes({ contract, collections });
}

/** The first thing wrong with a body, or null. `field` is a JSON pointer into the body. */
export function checkBody(compiled: Compiled, collection: string, body: unknown): Issue | null {
  const found = compiled.collections.get(collection);
  if (found === undefined) return { field: '', expected: 'a collection of the contract', code: 'unknown_collection' };
  return found.check(body);
}

const NONE: readonly NamedBlob[] = [];

/** The blobs that a body names, in its own order; costs nothing where a collection can name none. */
export function blobsIn({ contract, collections }: Compiled, collection: string, body: Json): readonly NamedBlob[] {
  return (collections.get(collection)?.blobFields ?? []).length === 0 ? NONE : namedBlobs(asJson(contract), collection, body);
}

function compileCollection(contract: Contract, name: string, collection: Collection, check: Validator): CompiledCollection {
  const audiences = collection.audiences ?? ['only-me'];
  const defaultAudience = collection.defaultAudience ?? audiences[0]!;
  return {
    name, kind: collection.kind, audiences, defaultAudience, mask: maskOf(audiences),
    limits: { ...DEFAULT_LIMITS, ...(collection.kind === 'single' ? { count: 1 } : {}), ...collection.limits },
    retention: collection.retention === undefined ? null : durationMs(collection.retention),
    fields: Object.keys(contract.data.$defs[collection.item]!['properties']!), blobFields: blobFields(contract.data.$defs, collection.item), check, owner: OWNER,
    rules: rulesByVerb(name, collection, audiences, defaultAudience),
  };
}

function rulesByVerb(name: string, collection: Collection, audiences: readonly Audience[], fallback: Audience): ReadonlyMap<Verb, CompiledRule[]> {
  const out = new Map<Verb, CompiledRule[]>();
  for (const verb of VERBS) {
    const rules = collection.allow.flatMap((rule, i) => rule.may.includes(verb)
      ? [{ id: `${name}.allow[${i}]`, matches: matcher(rule.who), alternative: alternatives(rule, verb, `${name}.allow[${i}]`, audiences, fallback) }]
      : []);
    if (rules.length > 0) out.set(verb, rules);
  }
  return out;
}

/**
 * What a rule gives, by the mask of audiences that the caller is in. A record is never hidden from its author, so `own`
 * rows ignore the mask; what others add may always lie in the default audience.
 */
function alternatives(rule: Rule, verb: Verb, id: string, audiences: readonly Audience[], fallback: Audience): (mask: number) => Alternative | null {
  const make = (mask: number): Alternative | null => mask === 0 ? null
    : { fields: rule.fields ?? null, rows: rule.rows ?? 'all', audiences: audiencesOf(mask), rule: id };
  if (rule.rows === 'own') { const all = make(maskOf(audiences)); return () => all; }
  const always = verb === 'add' ? maskOf([fallback]) : 0;
  // Made when first asked for: a hostile contract has thousands of rules, and 128 masks each.
  const made: (Alternative | null | undefined)[] = [];
  return (mask) => (made[mask | always] ??= make(mask | always));
}

function matcher(who: Who): (facts: Facts) => boolean {
  if (typeof who === 'string') return MATCH[who];
  if ('house' in who) return (facts) => facts.house;
  const { linked } = who;
  if (who.mutual === true) return (facts) => linked.some((relation) => facts.relations.includes(relation) && facts.mutual.includes(relation));
  return (facts) => linked.some((relation) => facts.relations.includes(relation));
}

const MATCH: { readonly [who in Extract<Who, string>]: (facts: Facts) => boolean } = {
  owner: (facts) => facts.owner,
  service: (facts) => facts.service,
  member: (facts) => facts.member,
  'signed-in': (facts) => facts.persona !== null,
  anyone: () => true,
};
