export { askedBy, dropWords, endAsking, forget, keep, keepAsking, kept, type Asking, type Kept } from './store.ts';
import type { NewKeys, NewKeysFor } from './keys.ts';
export type { NewKeys, NewKeysFor, Seeds } from './keys.ts';

/** Makes a persona's keys in this browser. The cryptography is fetched only now, and needs no secure context. */
export const makeKeys = async (input: NewKeysFor): Promise<NewKeys> => (await import('./keys.ts')).makeKeys(input);

/** The 24 recovery words of an entropy, in order. */
export const wordsFrom = async (entropy: Uint8Array): Promise<readonly string[]> => (await import('./keys.ts')).wordsFrom(entropy);
