/** Repeatable chance: the same seed gives the same cases on every machine. */
export interface Random {
  /** A whole number from 0 to n - 1. */
  below(n: number): number;
  /** True once in n times. */
  once(n: number): boolean;
  /** One of these. */
  pick<T>(items: readonly T[]): T;
  /** Some of these, at least `min`, in their order. */
  some<T>(items: readonly T[], min?: number): T[];
}

/** Mulberry32, seeded. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  return {
    below, pick,
    once: (n) => below(n) === 0,
    some: (items, min = 0) => {
      const kept = items.filter(() => below(2) === 0);
      return kept.length >= min ? kept : [...items].sort(() => below(3) - 1).slice(0, min);
    },
  };
}
