import { canonical, type Json, type JsonObject } from '../bytes/json.ts';
import { DEFAULT_LIMITS } from './compile.ts';
import { covers } from './covers.ts';
import { leadingTo, refsOf } from './graph.ts';
import { durationMs } from './names.ts';
import type { Audience, Collection, Contract, Rule, ServiceCard } from './types.ts';

/** `wider`: somebody may more, or one is bound to something else; only with a yes. `changed`: other words, or nothing of power. */
export type Direction = 'wider' | 'narrower' | 'changed';

/** What changed of a contract as a whole, of a collection, of a field, or of a rule. */
export type ChangeKind =
  | 'title' | 'publisher' | 'purpose' | 'key' | 'website' | 'support' | 'endpoint' | 'origins' | 'bundle'
  | 'collection' | 'kind' | 'label' | 'cluster' | 'audiences' | 'count' | 'itemBytes' | 'retention' | 'counts' | 'field' | 'rule';

/**
 * One difference. `at`: where, as a JSON pointer (into the later contract, or the earlier where it is gone). `name`: of the
 * bundle, collection or field. Rules carry both themselves; an absent one was not there.
 */
export interface Change {
  readonly kind: ChangeKind;
  readonly direction: Direction;
  readonly at: string;
  readonly collection: string | null;
  readonly name: string | null;
  readonly before: Rule | null;
  readonly after: Rule | null;
}

type More = Partial<Omit<Change, 'kind' | 'direction' | 'at'>>;
const change = (kind: ChangeKind, direction: Direction, at: string, more: More = {}): Change =>
  ({ kind, direction, at, collection: null, name: null, before: null, after: null, ...more });

const same = (a: unknown, b: unknown): boolean => canonical((a ?? null) as Json) === canonical((b ?? null) as Json);

/** Who stands behind it and where it speaks from: any change of these is never accepted by itself. */
const ABOUT = ['title', 'publisher', 'key', 'endpoint', 'origins'] as const satisfies (keyof ServiceCard)[];
const REACH = ['website', 'support'] as const satisfies (keyof ServiceCard)[];

/** Every difference between two contracts of a service, as spec/contract.md, "Wider", weighs it. Empty: nothing that matters changed. */
export function contractChanges(from: Contract, to: Contract): Change[] {
  const changes: Change[] = [];
  for (const member of ABOUT) if (!same(from.service[member], to.service[member])) changes.push(change(member, 'wider', `/service/${member}`));
  for (const member of REACH) if (!same(from.service[member], to.service[member])) changes.push(change(member, 'changed', `/service/${member}`));
  if (from.purpose !== to.purpose) changes.push(change('purpose', 'wider', '/purpose'));
  const isKept = keptIn(from, to);
  for (const name of names(from.collections, to.collections)) changes.push(...collectionChanges(name, from, to, isKept));
  for (const name of names(from.bundles ?? {}, to.bundles ?? {})) changes.push(...bundleChange(name, from, to));
  return changes;
}

/** Whether going from one contract to the other needs the owner's yes (spec/contract.md, "Wider"). */
export const isWider = (from: Contract, to: Contract): boolean => contractChanges(from, to).some(({ direction }) => direction === 'wider');

const names = (from: object, to: object): string[] => [...new Set([...Object.keys(from), ...Object.keys(to)])];
const member = <V>(of: { readonly [name: string]: V } | undefined, name: string): V | undefined => of !== undefined && Object.hasOwn(of, name) ? of[name] : undefined;

/** An app that was let into a bundle reaches whatever is put into it later. */
function bundleChange(name: string, from: Contract, to: Contract): Change[] {
  const [before, after] = [member(from.bundles, name) ?? [], member(to.bundles, name) ?? []];
  if (same([...before].sort(), [...after].sort())) return [];
  return [change('bundle', after.some((one) => !before.includes(one)) ? 'wider' : 'narrower', `/bundles/${name}`, { name })];
}

const itemOf = ({ data }: Contract, { item }: Collection): JsonObject => data.$defs[item]!;
const fieldsOf = (contract: Contract, collection: Collection): string[] => Object.keys(itemOf(contract, collection)['properties'] as JsonObject);
/** Whom rules let in, the owner apart. */
const others = (rules: readonly Rule[]): Rule[] => rules.filter(({ who }) => who !== 'owner');

function collectionChanges(name: string, from: Contract, to: Contract, isKept: Both['isKept']): Change[] {
  const [before, after] = [member(from.collections, name), member(to.collections, name)];
  const at = `/collections/${name}`;
  if (before && after) return keptChanges({ name, at, from, to, before, after, isKept });
  const here = before ?? after!;
  const rules = here.allow.map((rule, i) => before
    ? change('rule', rule.who === 'owner' ? 'changed' : 'narrower', `${at}/allow/${i}`, { collection: name, before: rule })
    : change('rule', rule.who === 'owner' ? 'changed' : 'wider', `${at}/allow/${i}`, { collection: name, after: rule }));
  const direction = before ? 'narrower' : others(here.allow).length > 0 ? 'wider' : 'changed';
  return [change('collection', direction, at, { collection: name, name }), ...rules];
}

interface Both { isKept(before: Collection, after: Collection, field: string): boolean; name: string; at: string; from: Contract; to: Contract; before: Collection; after: Collection }

function keptChanges(both: Both): Change[] {
  const { name, at, before, after } = both;
  const here = (kind: ChangeKind, direction: Direction | null): Change[] => direction === null ? [] : [change(kind, direction, `${at}/${kind}`, { collection: name })];
  return [
    ...here('kind', before.kind === after.kind && before.of === after.of ? null : 'wider'),
    ...here('label', same(before.label, after.label) ? null : 'changed'), ...here('cluster', before.cluster === after.cluster ? null : 'changed'),
    ...here('audiences', audienceChange(before, after)),
    ...here('count', grown(limitOf(before, 'count'), limitOf(after, 'count'))), ...here('itemBytes', grown(limitOf(before, 'itemBytes'), limitOf(after, 'itemBytes'))),
    ...here('retention', grown(kept(before), kept(after))), ...here('counts', countsChange(before, after)),
    ...fieldChanges(both), ...ruleChanges(both),
  ];
}

const grown = (before: number, after: number): Direction | null => before === after ? null : after > before ? 'wider' : 'narrower';
const limitOf = ({ limits }: Collection, limit: 'count' | 'itemBytes'): number => limits?.[limit] ?? DEFAULT_LIMITS[limit];

/** What more can be counted by is wider where somebody else may count. */
function countsChange({ counts: before = [] }: Collection, { counts = [], allow }: Collection): Direction | null {
  if (same([...before], [...counts])) return null;
  return others(allow).some(({ may }) => may.includes('count')) && counts.some((field) => !before.includes(field)) ? 'wider' : 'changed';
}

/** How long, in ms; without an end, for ever. */
const kept = ({ retention }: Collection): number => retention === undefined ? Infinity : durationMs(retention)!;

const audiencesOf = ({ audiences = ['only-me'] }: Collection): readonly Audience[] => audiences;

function audienceChange(before: Collection, after: Collection): Direction | null {
  const [old, now] = [audiencesOf(before), audiencesOf(after)];
  if ((before.defaultAudience ?? old[0]) !== (after.defaultAudience ?? now[0])) return 'wider';
  if (now.some((audience) => !old.includes(audience))) return 'wider';
  return now.length < old.length ? 'narrower' : null;
}

/** A new field is wider where somebody else reads it; one that holds other things than before always is. */
function fieldChanges({ name, at, from, to, before, after, isKept }: Both): Change[] {
  const [old, now] = [fieldsOf(from, before), fieldsOf(to, after)];
  return [...new Set([...old, ...now])].flatMap((field) => {
    const place: [string, More] = [`${at}/item/${field}`, { collection: name, name: field }];
    if (!now.includes(field)) return [change('field', 'narrower', ...place)];
    const direction = others(after.allow).some(({ may, fields }) => may.some((verb) => verb !== 'add' && verb !== 'remove') && (fields === undefined || fields.includes(field))) ? 'wider' : 'changed';
    if (!old.includes(field)) return [change('field', direction, ...place)];
    return isKept(before, after, field) ? [] : [change('field', 'wider', ...place)];
  });
}

/** Asks whether a field of an item holds what it held: its schema, whether it is required, and every definition that it leads to. */
function keptIn(from: Contract, to: Contract): Both['isKept'] {
  const altered = leadingTo(to.data.$defs, (def, name) => !same(def, member(from.data.$defs, name)));
  const known = new Map<string, boolean>();
  const ask = (before: Collection, after: Collection, field: string): boolean => {
    const [old, now] = [itemOf(from, before), itemOf(to, after)].map(({ properties, required }) => ({ schema: (properties as JsonObject)[field]!, required: ((required ?? []) as Json[]).includes(field) }));
    return same(old!.schema, now!.schema) && old!.required === now!.required && !refsOf(now!.schema).some((name) => altered.has(name));
  };
  return (before, after, field) => {
    const key = `${before.item} ${after.item} ${field}`;
    const found = known.get(key) ?? ask(before, after, field);
    known.set(key, found);
    return found;
  };
}

/** What is made of a rule is kept with it: each is compared with many. */
function once(make: (rule: Rule) => string): (rule: Rule) => string {
  const known = new WeakMap<Rule, string>();
  return (rule) => {
    const found = known.get(rule) ?? make(rule);
    known.set(rule, found);
    return found;
  };
}

/** Whom a rule speaks of, and then only of what kind: rules for other relations are told as one change. */
const placeOf = once(({ who, rows }: Rule): string => canonical([who as Json, rows ?? null]));
const kindOf = once(({ who, rows }: Rule): string => canonical([typeof who === 'string' ? who : 'house' in who ? 'house' : 'linked', rows ?? null]));
const textOf = once((rule: Rule): string => canonical(rule as unknown as Json));

/** Rules that stand in both are the same wherever they stand; the rest are matched by whom they speak of. */
function ruleChanges({ name, at, from, to, before, after }: Both): Change[] {
  const left = [...before.allow.entries()];
  const take = (fits: (rule: Rule) => boolean): Rule | null => {
    const found = left.findIndex(([, rule]) => fits(rule));
    return found < 0 ? null : left.splice(found, 1)[0]![1];
  };
  const differing = [...after.allow.entries()].filter(([, rule]) => take((one) => textOf(one) === textOf(rule)) === null);
  const changes = differing.map(([i, rule]) => {
    const old = take((one) => placeOf(one) === placeOf(rule)) ?? take((one) => kindOf(one) === kindOf(rule));
    // A reason is a purpose: another one is another contract, even where it opens nothing more.
    const wider = rule.who !== 'owner' && (old?.because !== rule.because || !covers(before.allow, rule, fieldsOf(to, after)));
    const narrower = old !== null && old.who !== 'owner' && !covers(after.allow, old, fieldsOf(from, before));
    return change('rule', wider ? 'wider' : narrower ? 'narrower' : 'changed', `${at}/allow/${i}`, { collection: name, before: old, after: rule });
  });
  const gone = left.map(([i, rule]) => change('rule', rule.who === 'owner' || covers(after.allow, rule, fieldsOf(from, before)) ? 'changed' : 'narrower', `${at}/allow/${i}`, { collection: name, before: rule }));
  return [...changes, ...gone];
}
