import { audienceMask } from './audience.ts';
import type { Compiled, CompiledRule } from './compile.ts';
import { isPaused, narrowed, type Narrowing } from './narrowing.ts';
import type { Alternative, Audience, Decision, DenyReason, Facts, Verb } from './types.ts';

/** What is asked. */
export interface Request { readonly collection: string; readonly verb: Verb }

const DENY: { readonly [reason in DenyReason]: Decision } = {
  blocked: { deny: 'blocked' }, paused: { deny: 'paused' }, unknown_collection: { deny: 'unknown_collection' },
  no_rule: { deny: 'no_rule' }, narrowed: { deny: 'narrowed' }, no_audience: { deny: 'no_audience' },
};

/**
 * The one decision (spec/contract.md, "Deciding"). Pure, never throws, ≤ 5 µs. A block denies first; the owner may always
 * read and remove; what no rule allows is denied. A row shows the union of the alternatives that match it: see mayRead.
 */
export function decide(compiled: Compiled, narrowing: Narrowing, facts: Facts, request: Request): Decision {
  if (facts.blocked && !facts.owner) return DENY.blocked;
  if (!facts.owner && isPaused(narrowing, facts.now)) return DENY.paused;
  const collection = compiled.collections.get(request.collection);
  if (collection === undefined) return DENY.unknown_collection;
  if (facts.owner && (request.verb === 'read' || request.verb === 'remove')) return collection.owner;
  const rules = collection.rules.get(request.verb);
  if (rules === undefined) return DENY.no_rule;
  return apply(rules, narrowing.rules, { facts, verb: request.verb }, audienceMask(facts) & collection.mask);
}

function apply(rules: readonly CompiledRule[], narrowing: Narrowing['rules'], { facts, verb }: { facts: Facts; verb: Verb }, mask: number): Decision {
  const allow: Alternative[] = [];
  let reason: DenyReason = 'no_rule';
  for (const rule of rules) {
    if (!rule.matches(facts)) continue;
    const alternative = rule.alternative(mask);
    if (alternative === null) { reason = 'no_audience'; continue; }
    const left = narrowing === undefined ? alternative : narrowed(alternative, narrowing, verb);
    if (left === null) reason = 'narrowed';
    else allow.push(left);
  }
  return allow.length > 0 ? { allow } : DENY[reason];
}

/** What of one row a caller may read: all of it, nothing, or these fields. */
export type Readable = 'all' | 'none' | readonly string[];

/** The union of the alternatives that match one row, given the row's audience and whether the caller is its author. */
export function mayRead(alternatives: readonly Alternative[], audience: Audience, isOwn: boolean): Readable {
  let fields: readonly string[] | null = null;
  for (const alternative of alternatives) {
    if (alternative.rows === 'own' && !isOwn) continue;
    if (!alternative.audiences.includes(audience)) continue;
    if (alternative.fields === null) return 'all';
    fields = fields === null ? alternative.fields : [...new Set([...fields, ...alternative.fields])];
  }
  return fields ?? 'none';
}

/** Whether one of the alternatives lets the caller write this row: an added one (isOwn true), or one that is there. */
export const mayWrite = (alternatives: readonly Alternative[], audience: Audience, isOwn: boolean): boolean =>
  mayRead(alternatives, audience, isOwn) !== 'none';
