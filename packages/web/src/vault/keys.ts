import { newRecovery, nobleSuite, personaIdOf, recoverySeed, startKeyLog, toBase64Url, utf8, wordsOf, type Signed } from '@commonhold/core';
import type { Kept } from './store.ts';

/** What the house says when it prepares a place: the pod's device key and the house's persona id. */
export interface NewKeysFor { podDevice: string; house: string; label?: string }

/** A persona that exists only here until the house has taken it in. */
export interface NewKeys {
  persona: string;
  /** What its face is drawn from: the first 16 characters of base64url SHA-256(persona id). */
  face: string;
  /** Inception, add-device for the pod, set-home: what the house may see. */
  keyLog: Signed[];
  /** What stays in this browser. */
  kept: Kept;
}

/** Makes recovery words, this browser's device key and the key log that starts the persona (spec/identity.md). */
export function makeKeys({ podDevice, house, label }: NewKeysFor): NewKeys {
  const suite = nobleSuite;
  const { entropy } = newRecovery(suite);
  const deviceSeed = suite.random(32);
  const keyLog = startKeyLog(suite, {
    recoverySeed: recoverySeed(entropy), deviceSeed, podDevice, house, ...(label === undefined ? {} : { label }),
  });
  const persona = personaIdOf(suite, keyLog[0]!.statement);
  const deviceKey = toBase64Url(suite.publicKey(deviceSeed));
  const face = toBase64Url(suite.sha256(utf8(persona))).slice(0, 16);
  return { persona, face, keyLog, kept: { persona, deviceSeed, deviceKey, entropy, house } };
}

/** The 24 words of an entropy. */
export const wordsFrom = (entropy: Uint8Array): readonly string[] => wordsOf(entropy);
