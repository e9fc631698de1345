import { canonical, isObject, type Json, type JsonObject } from '../bytes/json.ts';
import { no, yes, type Result } from '../result.ts';
import { isWider } from './changes.ts';
import { own, refOf, type Defs } from './graph.ts';
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
  // What was compared for one collection need not be for another.
  const defs = { from: from.data.$defs, to: to.data.$defs, seen: new Set<string>() };
  for (const [name, before] of Object.entries(from.collections)) {
    const after = to.collections[name];
    const at = `/collections/${name}`;
    if (after === undefined || after.kind !== before.kind || after.of !== before.of) return at;
    if ((before.audiences ?? ['only-me']).some((audience) => !(after.audiences ?? ['only-me']).includes(audience))) return `${at}/audiences`;
    const field = retyped(from.data.$defs[before.item]!, to.data.$defs[after.item]!, defs);
    if (field !== null) return `/data/$defs/${after.item}${field}`;
  }
  return null;
}

interface Definitions { from: Defs; to: Defs; seen: Set<string> }

/** Bounds, which may be looser in what follows, never tighter: the most may grow, the least may shrink. */
const LOOSER: Readonly<Record<string, 1 | -1>> = { maxLength: 1, maxItems: 1, maximum: 1, minLength: -1, minItems: -1, minimum: -1 };
/** What says nothing of what may be, or is looked into by itself. */
const ELSEWHERE = new Set(['title', 'description', 'properties', 'required', 'items', 'additionalProperties']);

/** Where a schema takes less than it did: a JSON pointer from it, or null. */
function retyped(before: JsonObject, after: JsonObject, defs: Definitions): string | null {
  const pair = `${canonical(before)} ${canonical(after)}`;
  if (defs.seen.has(pair)) return null;
  defs.seen.add(pair);
  const [one, other] = [resolved(before, defs.from), resolved(after, defs.to)];
  return keyword(one, other) ?? fieldOf(one, other, defs) ?? innerOf('items', one, other, defs) ?? innerOf('additionalProperties', one, other, defs);
}

function keyword(one: JsonObject, other: JsonObject): string | null {
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (!ELSEWHERE.has(name) && !admits(name, one[name], other[name])) return `/${name}`;
  }
  const needed = ({ required = [] }: JsonObject): Json[] => required as Json[];
  return needed(other).every((name) => needed(one).includes(name)) ? null : '/required';
}

function fieldOf(one: JsonObject, other: JsonObject, defs: Definitions): string | null {
  for (const [name, field] of Object.entries(one['properties'] ?? {})) {
    const next = own(other['properties'], name);
    const found = next === undefined ? '' : retyped(field as JsonObject, next as JsonObject, defs);
    if (found !== null) return `/properties/${name}${found}`;
  }
  return null;
}

/** The schema of the items of a list, or of what an object may hold beside its fields. */
function innerOf(name: 'items' | 'additionalProperties', one: JsonObject, other: JsonObject, defs: Definitions): string | null {
  const [before, after] = [one[name], other[name]];
  const found = isObject(before) && isObject(after) ? retyped(before, after, defs) : before === after ? null : '';
  return found === null ? null : `/${name}${found}`;
}

function admits(name: string, before: Json | undefined, after: Json | undefined): boolean {
  const looser = LOOSER[name];
  if (after === undefined) return looser !== undefined;
  if (before === undefined) return false;
  if (name === 'enum') return (before as Json[]).every((one) => (after as Json[]).includes(one));
  return looser === undefined ? canonical(before) === canonical(after) : ((after as number) - (before as number)) * looser >= 0;
}

function resolved(schema: JsonObject, defs: Defs): JsonObject {
  const name = refOf(schema);
  return name === null ? schema : defs[name]!;
}
