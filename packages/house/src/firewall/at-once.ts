import { Refusal } from '@commonhold/core';

/** Lets a person have so many of something under way and no more. */
export type AtOnce = <T>(who: string, work: () => Promise<T>) => Promise<T>;

/** `things`: what they are called when there are too many. Refuses `too_many_uploads`. */
export function makeAtOnce(most: number, things: string): AtOnce {
  const under = new Map<string, number>();
  return async (who, work) => {
    const n = under.get(who) ?? 0;
    if (n >= most) throw new Refusal('rate_limited', 'too_many_uploads', `At most ${most} ${things} at once. Send the others when these are done.`, { retryAfter: 1 });
    under.set(who, n + 1);
    try { return await work(); } finally {
      const left = under.get(who)! - 1;
      if (left > 0) under.set(who, left); else under.delete(who);
    }
  };
}
