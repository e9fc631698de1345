import { Refusal, type JsonObject } from '@commonhold/core';

/** Where a record went, and the version that it has now, for who may read all of it. */
export interface Put { items: { key: string; version?: string }[] }
/** One record of a request. `ifVersion`: the version that is there, or null for none; anything else refuses all. */
export interface Wanted { key?: string; body: JsonObject; audience?: string; ifVersion?: string | null }

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
