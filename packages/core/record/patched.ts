import type { JsonObject } from '../bytes/json.ts';

/** A body with some fields set; null takes a field away. */
export function patched(body: JsonObject, set: JsonObject): JsonObject {
  const all = { ...body, ...set };
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== null || !Object.hasOwn(set, name)));
}
