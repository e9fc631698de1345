import { Refusal } from '@commonhold/core';

/** How many wrong guesses come free, and how many seconds each further one costs. */
interface Allowance { free: number; seconds: number }

const ALLOWANCES = {
  /** Wrong logins and codes from one address. */
  address: { free: 20, seconds: 30 },
  /** Wrong tokens of scripts from one address; a script whose token has ended must not lock its people out. */
  token: { free: 60, seconds: 10 },
  /** Wrong passphrases for one handle, from wherever. */
  handle: { free: 10, seconds: 30 },
  /** Wrong setup codes, from wherever. */
  setup: { free: 30, seconds: 10 },
} satisfies Record<string, Allowance>;

const KEPT = 10_000;

/** What a guess is counted against: a kind and whose. */
export type GuessedBy = readonly [kind: keyof typeof ALLOWANCES, whose: string];

/** Slows down those who guess. */
export interface Guessing {
  /**
   * Counts a try as wrong from its start, so that a thousand at once do not slip through; call the answer
   * when it was right. Refuses `slow_down` with the seconds to wait.
   */
  begin(...by: GuessedBy[]): () => void;
}

/**
 * A leaky bucket per address, handle and for the setup code; memory is bounded, the oldest are forgotten first.
 * `slowed` hears of every try that is refused, and by what.
 */
export function makeGuessing(clock: () => number, slowed: (...by: GuessedBy) => void = () => {}): Guessing {
  const wrong = new Map<string, { count: number; at: number }>();
  const level = (key: string, seconds: number): number => {
    const seen = wrong.get(key);
    // A clock that was set back must not make anybody wait for it to come round again.
    return seen ? Math.max(0, seen.count - Math.max(0, clock() - seen.at) / (seconds * 1000)) : 0;
  };
  const put = (key: string, count: number): void => {
    wrong.delete(key);
    if (count <= 0) return;
    if (wrong.size >= KEPT) wrong.delete(wrong.keys().next().value ?? '');
    wrong.set(key, { count, at: clock() });
  };
  return {
    begin(...by) {
      for (const [kind, whose] of by) {
        const { free, seconds } = ALLOWANCES[kind];
        const over = level(`${kind} ${whose}`, seconds) - free + 1;
        if (over <= 0) continue;
        slowed(kind, whose);
        throw tooMany(Math.ceil(over * seconds));
      }
      for (const [kind, whose] of by) put(`${kind} ${whose}`, level(`${kind} ${whose}`, ALLOWANCES[kind].seconds) + 1);
      return () => {
        for (const [kind, whose] of by) put(`${kind} ${whose}`, level(`${kind} ${whose}`, ALLOWANCES[kind].seconds) - 1);
      };
    },
  };
}

const tooMany = (retryAfter: number): Refusal =>
  new Refusal('rate_limited', 'slow_down', `Too many wrong tries. Please wait ${retryAfter} seconds.`, { retryAfter });
