import { entropyOf, recoverySeed } from '@commonhold/core';
import { wordsOfTyped, type WordsFault } from './typed.ts';

/** The entropy (32 B) that 24 words stand for, and the seed of the recovery key; or what is wrong. */
export function readWords(typed: string): { entropy: Uint8Array; seed: Uint8Array } | WordsFault {
  const words = wordsOfTyped(typed);
  const read = entropyOf(words);
  if (read.ok) return { entropy: read.value, seed: recoverySeed(read.value) };
  if (read.code === 'words_count') return { fault: 'count', count: words.length };
  if (read.code === 'word_unknown') return { fault: 'unknown', place: Number(read.at) + 1, word: words[Number(read.at)]! };
  return { fault: 'together' };
}
