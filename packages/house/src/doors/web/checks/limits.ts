import { Refusal } from '@commonhold/core';

/** How often one caller may do one kind of thing: so many at once, so many a second after that. */
export interface Limit { burst: number; perSecond: number }
/** Kinds of routes by what they cost. */
export type LimitClass = 'read' | 'page' | 'write' | 'prepare' | 'enter' | 'login' | 'live' | 'query' | 'upload' | 'fetch';

/** Generous for reading one thing, less so for a page of them; wrong codes, invites and passphrases are slowed apart from this, by the household. */
export const LIMITS: Readonly<Record<LimitClass, Limit>> = {
  read: { burst: 1000, perSecond: 500 },
  page: { burst: 120, perSecond: 40 },
  write: { burst: 300, perSecond: 30 },
  prepare: { burst: 400, perSecond: 5 },
  enter: { burst: 400, perSecond: 5 },
  login: { burst: 60, perSecond: 1 },
  live: { burst: 60, perSecond: 1 },
  query: { burst: 100, perSecond: 50 },
  /** What makes the house ask elsewhere on somebody's word. */
  fetch: { burst: 60, perSecond: 1 },
  upload: { burst: 100, perSecond: 5 },
};

const KEPT = 20_000;

/** Takes one token of a class from a caller's bucket. */
export interface Limits {
  /** Refuses `too_many_requests` with the seconds to wait. `caller` is a persona or an address. */
  take(kind: LimitClass, caller: string): void;
}

interface Bucket { tokens: number; at: number }

/** Token buckets in bounded memory: when there are too many callers, those not seen for longest start afresh. */
export function makeLimits(clock: () => number, limits: Readonly<Record<LimitClass, Limit>> = LIMITS): Limits {
  const buckets = Object.fromEntries(Object.keys(limits).map((kind) => [kind, new Map<string, Bucket>()])) as Record<LimitClass, Map<string, Bucket>>;
  return {
    take(kind, caller) {
      const { burst, perSecond } = limits[kind];
      const now = clock();
      const bucket = buckets[kind].get(caller) ?? start(buckets[kind], caller, { tokens: burst, at: now });
      // A clock that jumps back must not lock anybody out.
      const passed = Math.max(0, now - bucket.at) / 1000;
      bucket.tokens = Math.min(burst, bucket.tokens + passed * perSecond);
      bucket.at = now;
      if (bucket.tokens < 1) throw tooMany((1 - bucket.tokens) / perSecond);
      bucket.tokens--;
    },
  };
}

function start(all: Map<string, Bucket>, caller: string, bucket: Bucket): Bucket {
  if (all.size >= KEPT) all.delete(all.keys().next().value ?? '');
  all.set(caller, bucket);
  return bucket;
}

const tooMany = (seconds: number): Refusal => {
  const retryAfter = Math.max(1, Math.ceil(seconds));
  return new Refusal('rate_limited', 'too_many_requests', `Too many requests. Please wait ${retryAfter} seconds.`, { retryAfter });
};
