import { isObject } from '../bytes/json.ts';
import { no, yes, type Result } from '../result.ts';
import { isWider } from './changes.ts';
import type { Contract } from './types.ts';

/** A contract and the next one of the same service. `wider`: it gives somebody more than before, or changes who they are or what for. */
export interface Upgrade { readonly wider: boolean }

/**
 * Whether one contract may follow another (spec/contract.md, "Evolution"), and whether it is wider, which nobody accepts but the owner.
 * Codes: `other_service`, `not_later`, and `not_add_only` where records made under the first could be none under the second.
 */
export function checkUpgrade(from: Contract, to: Contract): Result<Upgrade> {
  if (from.service.id !== to.service.id) return no('other_service', 'This is another service.', '/service/id');
  if (to.version <= from.version) return no('not_later', 'This version is not a later one.', '/version');
  const lost = lostIn(from, to);
  if (lost !== null) return no('not_add_only', 'What was kept under the version before would not fit. That is a new service.', lost);
  return yes({ wider: isWider(from, to) });
}

/** The place of something that is gone, or is something else than it was. */
function lostIn(from: Contract, to: Contract): string | null {
  for (const [name, before] of Object.entries(from.collections)) {
    const after = to.collections[name];
    const at = `/collections/${name}`;
    if (after === undefined || after.kind !== before.kind || after.of !== before.of) return at;
    if ((before.audiences ?? ['only-me']).some((audience) => !(after.audiences ?? ['only-me']).includes(audience))) return `${at}/audiences`;
    const field = retyped(from.data.$defs[before.item], to.data.$defs[after.item], { from: from.data.$defs, to: to.data.$defs, seen: new Set() });
    if (field !== null) return `/data/$defs/${after.item}${field}`;
  }
  return null;
}

interface Definitions { from: Contract['data']['$defs']; to: Contract['data']['$defs']; seen: Set<string> }
type Schema = { readonly [name: string]: unknown };

/** Lists of what may be: longer in what follows, never shorter. Bounds: the same or looser. */
const GROWS = new Set(['enum']);
const LOOSER: Readonly<Record<string, 1 | -1>> = { maxLength: 1, maxItems: 1, maximum: 1, exclusiveMaximum: 1, maxProperties: 1, minLength: -1, minItems: -1, minimum: -1, exclusiveMinimum: -1, minProperties: -1 };
const SAYINGS = new Set(['title', 'description', 'examples', 'default', '$comment', 'properties', 'required', 'items', '$ref']);

/** Where a schema takes less than it did: a JSON pointer from it, or null. */
function retyped(before: unknown, after: unknown, defs: Definitions): string | null {
  const [one, other] = [resolved(before, defs.from), resolved(after, defs.to)];
  if (!isObject(one) || !isObject(other)) return '';
  const pair = `${JSON.stringify(before)} ${JSON.stringify(after)}`;
  if (defs.seen.has(pair)) return null;
  defs.seen.add(pair);
  return keyword(one, other) ?? fieldOf(one, other, defs) ?? itemsOf(one, other, defs);
}

function keyword(one: Schema, other: Schema): string | null {
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (!SAYINGS.has(name) && !admits(name, one[name], other[name])) return `/${name}`;
  }
  const needed = ({ required = [] }: { required?: readonly string[] }): readonly string[] => required;
  return needed(other).every((name) => needed(one).includes(name)) ? null : '/required';
}

function fieldOf(one: Schema, other: Schema, defs: Definitions): string | null {
  const fields = ({ properties = {} }: { properties?: Schema }): Schema => properties;
  for (const [name, field] of Object.entries(fields(one))) {
    const next = fields(other)[name];
    const found = next === undefined ? '' : retyped(field, next, defs);
    if (found !== null) return `/properties/${name}${found}`;
  }
  return null;
}

function itemsOf(one: Schema, other: Schema, defs: Definitions): string | null {
  const found = one['items'] === undefined && other['items'] === undefined ? null : retyped(one['items'] ?? {}, other['items'] ?? {}, defs);
  return found === null ? null : `/items${found}`;
}

function admits(name: string, before: unknown, after: unknown): boolean {
  if (after === undefined) return LOOSER[name] !== undefined || before === undefined;
  if (before === undefined) return false;
  if (GROWS.has(name)) return (before as unknown[]).every((one) => (after as unknown[]).some((other) => same(one, other)));
  const looser = LOOSER[name];
  return looser === undefined ? same(before, after) : ((after as number) - (before as number)) * looser >= 0;
}

function resolved(schema: unknown, defs: Contract['data']['$defs']): unknown {
  const name = isObject(schema as never) ? (schema as Schema)['$ref'] : undefined;
  return typeof name === 'string' ? defs[name.replace('#/$defs/', '')] : schema;
}

const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);
const sorted = (value: unknown): string => JSON.stringify(value, (_, part: unknown) =>
  (isObject(part as never) ? Object.fromEntries(Object.entries(part as object).sort(([x], [y]) => (x < y ? -1 : 1))) : part)) ?? '';
