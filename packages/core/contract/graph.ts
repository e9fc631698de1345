import { isObject, type Json, type JsonObject } from '../bytes/json.ts';

/** The definitions of a contract. */
export type Defs = { readonly [name: string]: JsonObject };

/** A member of an object that is its own. */
export const own = (value: Json | undefined, name: string): Json | undefined => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);

const REF = '#/$defs/';

/** The definition that a schema is a reference to, or null. */
export function refOf(schema: Json | undefined): string | null {
  const ref = own(schema, '$ref');
  return typeof ref === 'string' && ref.startsWith(REF) ? ref.slice(REF.length) : null;
}

/** A schema and every schema inside it; what it refers to is not. */
function within(schema: Json | undefined): JsonObject[] {
  if (!isObject(schema)) return [];
  return [schema, ...[...Object.values(schema['properties'] ?? {}), schema['items'], schema['additionalProperties']].flatMap(within)];
}

/** The definitions that a schema refers to itself. */
export const refsOf = (schema: Json | undefined): string[] => within(schema).flatMap((one) => refOf(one) ?? []);

/** Whether a schema, or one inside it, is such a one. */
export const holds = (schema: Json | undefined, such: (schema: JsonObject) => boolean): boolean => within(schema).some(such);

/**
 * The definitions that are such, or lead to one. From those back to whatever refers to them, once: a contract can be made
 * so that following the references from each field anew takes minutes.
 */
export function leadingTo(defs: Defs, such: (def: JsonObject, name: string) => boolean): ReadonlySet<string> {
  const usedBy = new Map<string, string[]>();
  for (const name of Object.keys(defs)) usedBy.set(name, []);
  for (const [name, def] of Object.entries(defs)) for (const ref of refsOf(def)) usedBy.get(ref)!.push(name);
  const leading = new Set(Object.entries(defs).filter(([name, def]) => such(def, name)).map(([name]) => name));
  // A set is walked to its end, what is added on the way included.
  for (const name of leading) for (const user of usedBy.get(name)!) leading.add(user);
  return leading;
}
