/** A few things that were here a moment ago, by name: what is gone is told of by what it was. */
export interface Lately<T> { keep(name: string, thing: T): void; get(name: string): T | undefined }

/** Keeps the last `most`. */
export function makeLately<T>(most = 1000): Lately<T> {
  const kept = new Map<string, T>();
  return {
    keep: (name, thing) => {
      kept.set(name, thing);
      if (kept.size > most) kept.delete(kept.keys().next().value!);
    },
    get: (name) => kept.get(name),
  };
}
