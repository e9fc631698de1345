import type { OnError } from './journal.ts';

/** Those who listen to one thing. */
export interface Ears<Told extends unknown[]> {
  /** Hears of everything from now on; the answer ends it. */
  listen(hear: (...told: Told) => void): () => void;
  tell(...told: Told): void;
}

/** A listener that throws is a bug of that listener: `onError` is told, the others still hear, and whoever tells goes on. */
export function makeEars<Told extends unknown[]>(onError: OnError): Ears<Told> {
  const all = new Set<(...told: Told) => void>();
  return {
    listen: (hear) => { all.add(hear); return () => { all.delete(hear); }; },
    tell: (...told) => {
      for (const hear of all) {
        try { hear(...told); } catch (error) { onError(error); }
      }
    },
  };
}
