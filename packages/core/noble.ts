import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';
import type { Suite } from './suite.ts';

/** Pure JavaScript suite; needs no secure context, so it works over plain HTTP on a LAN. */
export const nobleSuite: Suite = {
  sha256,
  hasher: () => {
    const hash = sha256.create();
    return { update: (bytes) => { hash.update(bytes); }, digest: () => hash.digest() };
  },
  publicKey: (seed) => ed25519.getPublicKey(seed),
  sign: (seed, message) => ed25519.sign(message, seed),
  verify: (publicKey, message, signature) => {
    try { return ed25519.verify(signature, message, publicKey, { zip215: false }); } catch { return false; }
  },
  random: (length) => randomBytes(length),
};
