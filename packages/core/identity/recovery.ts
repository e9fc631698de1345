import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { utf8 } from '../bytes/frame.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';

/** A new recovery secret: 32 random bytes and the same as 24 words (BIP39, English). */
export function newRecovery(suite: Suite): { entropy: Uint8Array; words: string[] } {
  const entropy = suite.random(32);
  return { entropy, words: wordsOf(entropy) };
}

/** The 24 words of 32 bytes of entropy. */
export const wordsOf = (entropy: Uint8Array): string[] => entropyToMnemonic(entropy, wordlist).split(' ');

/**
 * The 32 bytes of entropy of 24 words, as a list or one text; case and spare white space do not matter.
 * Codes: words_count, word_unknown (at = its place, from 0), words_checksum.
 */
export function entropyOf(words: readonly string[] | string): Result<Uint8Array> {
  const text = typeof words === 'string' ? words : words.join(' ');
  const list = text.normalize('NFKD').toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (list.length !== 24) return no('words_count', `There are 24 recovery words; these are ${list.length}.`);
  const unknown = list.findIndex((word) => !wordlist.includes(word));
  if (unknown >= 0) return no('word_unknown', `Word ${unknown + 1} is not a recovery word.`, String(unknown));
  try {
    return yes(mnemonicToEntropy(list.join(' '), wordlist));
  } catch {
    return no('words_checksum', 'These words do not belong together: one of them is wrong or misplaced.');
  }
}

/** The Ed25519 seed (32 bytes) of the recovery key: HKDF-SHA256 of the entropy, no salt, info `commonhold/recovery/1`. */
export const recoverySeed = (entropy: Uint8Array): Uint8Array =>
  hkdf(sha256, entropy, undefined, utf8('commonhold/recovery/1'), 32);
