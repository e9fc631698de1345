import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { Refusal } from '@commonhold/core';

const COST = { N: 32768, r: 8, p: 1 };
const AT_ONCE = 2;
const WAITING = 64;

/** Hashes and checks passphrases. */
export interface Passphrases {
  /** `scrypt$N$r$p$salt$hash`; the parameters travel with the hash, so they may grow later. */
  hash(passphrase: string): Promise<string>;
  /** True if it fits; `stored` null (nobody of that handle) costs the same time and is false. */
  check(passphrase: string, stored: string | null): Promise<boolean>;
}

/**
 * scrypt (RFC 7914) off the main thread. A few run at once (32 MiB each) and a bounded number waits;
 * beyond that Refusal `busy`. `cost` is lowered by tests alone.
 */
export function makePassphrases(cost: { N: number; r: number; p: number } = COST): Passphrases {
  const gate = makeGate();
  const derive = (passphrase: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> => gate(() => new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, { ...options, maxmem: 256 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key)));
  }));
  const hash = async (passphrase: string): Promise<string> => {
    const salt = randomBytes(16);
    const key = await derive(passphrase, salt, cost);
    return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
  };
  const nobody = ['scrypt', cost.N, cost.r, cost.p, randomBytes(16).toString('base64url'), randomBytes(32).toString('base64url')].join('$');
  return {
    hash,
    async check(passphrase, stored) {
      const [, N, r, p, salt, key] = (stored ?? nobody).split('$');
      const made = await derive(passphrase, Buffer.from(salt ?? '', 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
      const same = timingSafeEqual(made, Buffer.from(key ?? '', 'base64url'));
      return same && stored !== null;
    },
  };
}

// A person who waits a second is fine; memory that grows with every request is not.
function makeGate(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING) throw new Refusal('unavailable', 'busy', 'Too many people are signing in at once. Please try again in a moment.', { retryAfter: 5 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try { return await work(); } finally {
      const next = waiting.shift();
      if (next) next(); else running--;
    }
  };
}
