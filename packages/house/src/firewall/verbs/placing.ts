import { canonical, Refusal, type Json, type JsonObject } from '@commonhold/core';
import { objectOf } from './shape.ts';

/** Where a record went, and the version that it has now, for who may read all of it. */
export interface Put { items: { key: string; version?: string }[] }
/** One record of a request. `ifVersion`: the version that is there, or null for none; anything else refuses all. */
export interface Wanted { key?: string; body: JsonObject; audience?: string; ifVersion?: string | null }

/** The most records of one request. */
const MOST = 100;

/** The items of a request, not looked at yet. Refuses `bad_items`, `unknown_field`. */
export function itemsIn(input: unknown): readonly Json[] {
  const { items, ...rest } = objectOf(input);
  for (const name of Object.keys(rest)) throw new Refusal('invalid', 'unknown_field', 'The request has a field that it should not have.', { field: name.slice(0, 80) });
  if (Array.isArray(items) && items.length > 0 && items.length <= MOST) return items;
  throw new Refusal('invalid', 'bad_items', `A request has 1 to ${MOST} records.`, { field: '/items', expected: `1 to ${MOST} items` });
}

/** A body that has a canonical form. Refuses `not_unicode`. */
export function wellFormed(body: JsonObject, at: string): JsonObject {
  try { canonical(body); } catch { throw new Refusal('invalid', 'not_unicode', 'The body holds half a character.', { field: at }); }
  return body;
}

/** Refuses `version_conflict` unless this is the version that is there; null for none. */
export function checkVersion(wanted: string | null, there: string | null, at: string): void {
  if (wanted === there) return;
  throw new Refusal('conflict', 'version_conflict', 'This record has been changed since. Nothing was written.', { field: `${at}/ifVersion` });
}

/** A refusal of one record says where in the request it stood. */
export function placed<T>(work: () => T, at: string): T {
  try { return work(); } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'denied') throw error;
    const { kind, code, message, field, expected } = error;
    throw new Refusal(kind, code, message, { field: at + inside(code, field), ...(expected === undefined ? {} : { expected }), cause: error });
  }
}

// Refusals that point into the body itself.
const INSIDE: ReadonlySet<string> = new Set(['bad_body', 'blob_unknown', 'item_too_big']);
const inside = (code: string, field: string | undefined): string =>
  (INSIDE.has(code) ? `/body${field ?? ''}` : field === undefined ? '' : `/${field.replace(/^\//, '')}`);
