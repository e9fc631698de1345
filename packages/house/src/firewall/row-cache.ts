import type { Row } from '../store/pod/types.ts';

const MOST = 4096;

/** Rows read lately, by their full name; a commit forgets what it changed, so a hit is what the file says. */
export interface RowCache {
  get(name: string): Row | undefined;
  set(name: string, row: Row): void;
  drop(name: string): void;
}

/** The full name of a row in this house. */
export const rowName = (persona: string, service: string, collection: string, key: string): string =>
  `${persona}/${service}/${collection}/${key}`;

/** A bounded cache; the ones not asked for longest go first. */
export function makeRowCache(most = MOST): RowCache {
  const young = { rows: new Map<string, Row>() };
  let old = new Map<string, Row>();
  const set = (name: string, row: Row) => {
    if (young.rows.size >= most / 2) { old = young.rows; young.rows = new Map(); }
    young.rows.set(name, row);
  };
  return {
    get: (name) => {
      const fresh = young.rows.get(name);
      if (fresh) return fresh;
      const kept = old.get(name);
      if (kept) set(name, kept);
      return kept;
    },
    set,
    drop: (name) => { young.rows.delete(name); old.delete(name); },
  };
}
