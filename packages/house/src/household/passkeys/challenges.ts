import { createHmac, timingSafeEqual } from 'node:crypto';
import { frame, fromBase64Url, type Suite } from '@commonhold/core';

/** How long a challenge may wait for its answer, in ms. */
export const CHALLENGE_MS = 5 * 60_000;
const SALT = 16;
const LENGTH = 8 + SALT + 32;

/** What a challenge is good for: `add` and whose, or `enter`; and the name of the house it is asked under. */
export interface Purpose { kind: 'add' | 'enter'; persona: string; rp: string }

/** Challenges that need no memory until they are answered, so that nobody can crowd out another's by asking for many. */
export interface Challenges {
  issue(purpose: Purpose): Uint8Array<ArrayBuffer>;
  /** Whether this was issued for that purpose, less than 5 minutes ago by this process, and not spent. */
  stands(challenge: string, purpose: Purpose): boolean;
  /** After a good answer: no other counts. */
  spend(challenge: string): void;
}

/** Challenges sealed with a key of this process: after a restart the old ones open nothing. */
export function makeChallenges(suite: Suite, clock: () => number): Challenges {
  const key = suite.random(32);
  const spent = new Map<string, number>();
  const seal = (head: Uint8Array, { kind, persona, rp }: Purpose): Buffer => createHmac('sha256', key).update(frame('commonhold/challenge/1', kind, persona, rp, head)).digest();
  const expiry = (bytes: Uint8Array): number => Number(Buffer.from(bytes.buffer, bytes.byteOffset, 8).readBigUInt64BE());
  const forget = (): void => { for (const [old, until] of spent) if (until <= clock()) spent.delete(old); };
  return {
    issue(purpose) {
      const head = Buffer.alloc(8 + SALT);
      head.writeBigUInt64BE(BigInt(clock() + CHALLENGE_MS));
      head.set(suite.random(SALT), 8);
      return new Uint8Array([...head, ...seal(head, purpose)]);
    },
    stands(challenge, purpose) {
      const bytes = fromBase64Url(challenge, LENGTH);
      if (!bytes || !timingSafeEqual(seal(bytes.subarray(0, 8 + SALT), purpose), bytes.subarray(8 + SALT))) return false;
      const left = expiry(bytes) - clock();
      // A clock that jumped back must not give an old one a new life.
      return left > 0 && left <= CHALLENGE_MS && !spent.has(challenge);
    },
    spend(challenge) {
      forget();
      spent.set(challenge, expiry(fromBase64Url(challenge, LENGTH)!));
    },
  };
}
