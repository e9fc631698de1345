import type { Row } from '../store/pod/types.ts';

// About 16 MB of posts: more than a full house reads in a day.
const MOST = 16_384;

/** Rows read lately; a commit forgets what it changed, so a hit is what the file says. `name` is a row's name within its persona. */
export interface RowCache {
  get(persona: string, name: string): Row | undefined;
  set(persona: string, name: string, row: Row): void;
  drop(persona: string, name: string): void;
  /** Forgets all rows of a persona. */
  forget(persona: string): void;
}

/** The name of a row among those of its persona. */
export const rowName = (service: string, collection: string, key: string): string => `${service}/${collection}/${key}`;

type Shelf = Map<string, Map<string, Row>>;

/** A bounded cache; the ones not asked for longest go first. By persona first: long names are dear to make and to look up. */
export function makeRowCache(most = MOST): RowCache {
  let young: Shelf = new Map();
  let old: Shelf = new Map();
  let count = 0;
  const set = (persona: string, name: string, row: Row) => {
    if (count >= most / 2) { old = young; young = new Map(); count = 0; }
    const rows = young.get(persona);
    if (rows) rows.set(name, row);
    else young.set(persona, new Map([[name, row]]));
    count++;
  };
  return {
    get: (persona, name) => {
      const fresh = young.get(persona)?.get(name);
      if (fresh) return fresh;
      const kept = old.get(persona)?.get(name);
      if (kept) set(persona, name, kept);
      return kept;
    },
    set,
    forget: (persona) => { young.delete(persona); old.delete(persona); },
    drop: (persona, name) => { young.get(persona)?.delete(name); old.get(persona)?.delete(name); },
  };
}
