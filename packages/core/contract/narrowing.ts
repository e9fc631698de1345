import { canonical, type Json } from '../bytes/json.ts';
import { yes, type Result } from '../result.ts';
import { AUDIENCES } from './audience.ts';
import type { Compiled } from './compile.ts';
import { anObject, closed, oneOf, step, stop, texts, unlessStopped } from './place.ts';
import type { Alternative, Audience, Contract, Rule, Verb } from './types.ts';

/** What the owner took back of one rule: all of it, or all but these fields, or all but these audiences. */
export interface RuleNarrowing { readonly off?: true; readonly fields?: readonly string[]; readonly audiences?: readonly Audience[] }

/** What the owner took back from a contract: everything for a while (`until` a time in ms, or until they say so), or parts of single rules, by the ids of rules. */
export interface Narrowing { readonly paused?: boolean; readonly until?: number; readonly rules?: { readonly [rule: string]: RuleNarrowing } }

/** Whether everybody but the owner is denied now. */
export const isPaused = ({ paused, until }: Narrowing, now: number): boolean => paused === true && (until === undefined || now < until);

/** What an owner's narrowing leaves of what a rule gives for a verb; null: nothing. It never gives more. What is added is in no audience yet. */
export function narrowed(alternative: Alternative, rules: NonNullable<Narrowing['rules']>, verb: Verb): Alternative | null {
  const rule = Object.hasOwn(rules, alternative.rule) ? rules[alternative.rule] : undefined;
  if (rule === undefined) return alternative;
  if (rule.off === true) return null;
  const audiences = verb === 'add' ? alternative.audiences : both(alternative.audiences, rule.audiences);
  const fields = alternative.fields === null ? rule.fields ?? null : both(alternative.fields, rule.fields);
  return audiences.length === 0 || fields?.length === 0 ? null : { ...alternative, fields, audiences };
}

const both = <T>(all: readonly T[], some: readonly T[] | undefined): readonly T[] => (some === undefined ? all : all.filter((one) => some.includes(one)));

const READING: readonly Verb[] = ['read', 'watch', 'count', 'search'];

/**
 * Reads a narrowing `{rules: {<id>: {off?, fields?, audiences?}}}` for a contract. A no carries a JSON pointer: `unknown_rule`, also for
 * rules that speak of the owner, who has nothing to take from themselves; `unknown_field`, `fields_on_write`, `unknown_audience`, and
 * the codes of shapes.
 */
export function parseNarrowing({ contract, collections }: Compiled, value: unknown): Result<Narrowing> {
  return unlessStopped(() => {
    const rules = anObject(closed(value as Json, '', ['rules'])['rules'], '/rules');
    const found = Object.entries(rules).map(([id, part]): [string, RuleNarrowing] => {
      const at = step('/rules', id);
      const [name, rule] = ruleOf(contract, id) ?? stop('unknown_rule', at, 'The contract has no such rule that could be narrowed.');
      return [id, parseRule(part, at, rule, collections.get(name)!)];
    });
    return yes({ rules: Object.fromEntries(found) });
  });
}

/** The collection and the rule of an id, save rules of the owner's own. */
function ruleOf(contract: Contract, id: string): [string, Rule] | null {
  const [, name = '', index = ''] = /^([a-z][a-z0-9_]{0,62})\.allow\[(\d{1,3})\]$/.exec(id) ?? [];
  const rule = Object.hasOwn(contract.collections, name) ? contract.collections[name]!.allow[Number(index)] : undefined;
  return rule === undefined || rule.who === 'owner' || String(Number(index)) !== index ? null : [name, rule];
}

function parseRule(value: Json, at: string, rule: Rule, of: { fields: readonly string[]; audiences: readonly Audience[] }): RuleNarrowing {
  const part = closed(value, at, [], ['off', 'fields', 'audiences']);
  if ('off' in part && part['off'] !== true) stop('wrong_type', `${at}/off`, 'True, or left out.');
  const fields = 'fields' in part ? fieldsOf(part['fields'], `${at}/fields`, rule, of.fields) : undefined;
  const audiences = 'audiences' in part
    ? texts(part['audiences'], `${at}/audiences`, AUDIENCES.length).map((name, i) => oneOf(name, step(`${at}/audiences`, i), of.audiences, 'unknown_audience')) : undefined;
  return { ...(part['off'] === true ? { off: true } : {}), ...(fields && { fields }), ...(audiences && { audiences }) };
}

function fieldsOf(value: Json | undefined, at: string, { may, fields }: Rule, all: readonly string[]): string[] {
  if (!may.every((verb) => READING.includes(verb))) stop('fields_on_write', at, 'Only what is read can be narrowed to fields; take the whole rule back.');
  return texts(value, at, all.length).map((name, i) => oneOf(name, step(at, i), fields ?? all, 'unknown_field'));
}

/**
 * What a narrowing of one contract comes to under its next version, where rules may stand elsewhere or say something else: a rule that is
 * as it was keeps what was taken from it; a changed one loses all that was taken from any rule of the same people and verbs before.
 */
export function carryNarrowing(from: Contract, to: Contract, narrowing: Narrowing): Narrowing {
  const rules: { [rule: string]: RuleNarrowing } = {};
  for (const [name, { allow }] of Object.entries(to.collections)) {
    const before = from.collections[name]?.allow ?? [];
    const taken = before.map((rule, i) => ({ ...said(rule), part: narrowing.rules?.[`${name}.allow[${i}]`] }));
    for (const [i, rule] of allow.entries()) {
      const now = said(rule);
      const same = taken.find(({ whole }) => whole === now.whole);
      const parts = (same ? [same] : taken.filter((one) => touches(one, now))).flatMap(({ part }) => part ?? []);
      const part = parts.reduce<RuleNarrowing | null>((all, one) => (all === null ? one : joined(all, one)), null);
      if (part !== null) rules[`${name}.allow[${i}]`] = part;
    }
  }
  const { paused, until } = narrowing;
  return { ...(paused === true ? { paused, ...(until === undefined ? {} : { until }) } : {}), ...(Object.keys(rules).length === 0 ? {} : { rules }) };
}

function joined(one: RuleNarrowing, other: RuleNarrowing): RuleNarrowing {
  const fields = one.fields && other.fields ? both(one.fields, other.fields) : one.fields ?? other.fields;
  const audiences = one.audiences && other.audiences ? both(one.audiences, other.audiences) : one.audiences ?? other.audiences;
  return { ...(one.off === true || other.off === true ? { off: true } : {}), ...(fields && { fields }), ...(audiences && { audiences }) };
}

const text = (value: unknown): string => canonical(value as Json);

/** A rule to be compared: `whole` is the same for the same rule, whatever its makers say it is for. */
interface Said { readonly whole: string; readonly who: string; readonly may: readonly Verb[] }
const said = ({ because: _, ...rule }: Rule): Said => ({ whole: text(rule), who: text(rule.who), may: rule.may });
const touches = (a: Said, b: Said): boolean => a.who === b.who && a.may.some((verb) => b.may.includes(verb));
