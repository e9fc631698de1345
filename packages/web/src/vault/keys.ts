import { newRecovery, personaIdOf, recoverySeed, startKeyLog, toBase64Url, utf8, wordsOf, type Inception, type Signed, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import type { Kept } from './store.ts';

/** The secrets that a persona starts from: entropy of the words (32 B), this browser's device seed (32 B), nonce (16 B). */
export interface Seeds { entropy: Uint8Array; deviceSeed: Uint8Array; nonce: Uint8Array }

/** A place as the house prepared it: the pod's device key and the house's persona id; `seeds` to keep the same persona. */
export interface NewKeysFor { podDevice: string; house: string; seeds?: Seeds }

/** A persona that exists only here until the house has taken it in. */
export interface NewKeys {
  persona: string;
  /** What its face is drawn from: the first 16 characters of base64url SHA-256(persona id). */
  face: string;
  /** Inception, add-device for the pod, set-home: what the house may see. */
  keyLog: Signed[];
  /** What stays in this browser. */
  kept: Kept;
  seeds: Seeds;
}

/** Makes recovery words, this browser's device key and the key log that starts the persona (spec/identity.md). */
export function makeKeys({ podDevice, house, seeds = newSeeds(nobleSuite) }: NewKeysFor): NewKeys {
  const { entropy, deviceSeed, nonce } = seeds;
  // The nonce is the one random part of a key log; giving it keeps the persona when the house hands out another pod device.
  const suite: Suite = { ...nobleSuite, random: () => nonce };
  const keyLog = startKeyLog(suite, { recoverySeed: recoverySeed(entropy), deviceSeed, podDevice, house });
  const persona = personaIdOf(suite, keyLog[0]!.statement as Inception);
  const deviceKey = toBase64Url(suite.publicKey(deviceSeed));
  const face = toBase64Url(suite.sha256(utf8(persona))).slice(0, 16);
  return { persona, face, keyLog, kept: { persona, deviceSeed, deviceKey, entropy, house }, seeds };
}

const newSeeds = (suite: Suite): Seeds =>
  ({ entropy: newRecovery(suite).entropy, deviceSeed: suite.random(32), nonce: suite.random(16) });

/** The 24 words of an entropy. */
export const wordsFrom = (entropy: Uint8Array): readonly string[] => wordsOf(entropy);
