/** A bounded memory of what was used lately, by two names; the ones not asked for longest go first. */
export interface Memory<V> {
  get(first: string, second: string): V | undefined;
  set(first: string, second: string, value: V): void;
  drop(first: string, second: string): void;
}

type Shelf<V> = Map<string, Map<string, V>>;

/** Keeps at most `most` values. In two generations: what is asked for again moves to the young one, and the old one goes whole. */
export function makeMemory<V>(most: number): Memory<V> {
  let young: Shelf<V> = new Map();
  let old: Shelf<V> = new Map();
  let count = 0;
  const set = (first: string, second: string, value: V) => {
    if (count >= most / 2) { old = young; young = new Map(); count = 0; }
    const values = young.get(first);
    if (values) values.set(second, value);
    else young.set(first, new Map([[second, value]]));
    count++;
  };
  return {
    get: (first, second) => {
      const fresh = young.get(first)?.get(second);
      if (fresh !== undefined) return fresh;
      const kept = old.get(first)?.get(second);
      if (kept !== undefined) set(first, second, kept);
      return kept;
    },
    set,
    drop: (first, second) => { young.get(first)?.delete(second); old.get(first)?.delete(second); },
  };
}
