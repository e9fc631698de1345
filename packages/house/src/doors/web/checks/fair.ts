import { Refusal } from '@commonhold/core';

/** How many requests of one caller may wait for their turns. */
const WAITING = 64;

/** Lets a caller's request through: at once (undefined) when it is their first of this turn of the loop, else when it is theirs again. */
export type Fair = (caller: string) => Promise<void> | undefined;

/**
 * Pages take a millisecond: whoever asks for many at once gets one a turn of the loop, so that everybody else's
 * wait for one of them and not for all. Refuses `too_many_requests` when too many of a caller's wait already.
 */
export function makeFair(): Fair {
  const served = new Set<string>();
  const waiting = new Map<string, (() => void)[]>();
  let timed = false;
  const turn = (): void => {
    timed = false;
    served.clear();
    for (const [caller, line] of waiting) {
      served.add(caller);
      line.shift()!();
      if (line.length === 0) waiting.delete(caller);
    }
    if (served.size > 0) time();
  };
  const time = (): void => {
    if (timed) return;
    timed = true;
    setImmediate(turn);
  };
  return (caller) => {
    time();
    if (!served.has(caller)) { served.add(caller); return undefined; }
    const line = waiting.get(caller) ?? [];
    if (line.length >= WAITING) throw new Refusal('rate_limited', 'too_many_requests', 'Too many requests at once. Please wait a second.', { retryAfter: 1 });
    waiting.set(caller, line);
    return new Promise((resolve) => { line.push(resolve); });
  };
}
