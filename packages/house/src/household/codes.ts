import { createHash, timingSafeEqual } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Suite } from '@commonhold/core';

/** An invite: four words of the BIP39 list, 44 bits. */
export const newInvite = (suite: Suite): string => words(suite, 4).join('-');

/** A setup code: three words and two digits, 39 bits; it lives for one use and guesses at it are slowed. */
export function newSetupCode(suite: Suite): string {
  const digits = (suite.random(4).reduce((n, byte) => n * 256 + byte, 0) % 100).toString().padStart(2, '0');
  return [...words(suite, 3), digits].join('-');
}

/** What a person typed or pasted, in the one spelling: lower case, joined by hyphens. */
export const tidyCode = (typed: string): string =>
  typed.normalize('NFKC').toLowerCase().trim().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** Compares two texts in a time that does not tell where they differ. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

// 2,048 words: eleven bits of two random bytes each, so no word is likelier than another.
function words(suite: Suite, count: number): string[] {
  const bytes = suite.random(count * 2);
  return Array.from({ length: count }, (_, i) => wordlist[((bytes[2 * i]! << 8) | bytes[2 * i + 1]!) & 2047]!);
}
