import { createHash, createPrivateKey, createPublicKey, hash, randomFillSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Suite } from '@commonhold/core';

const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEPT = 1024;
/** In bytes. */
const DRAWN = 4096;

/** Core's cryptography on Node's own OpenSSL: 15–20 times the pure one, because key objects are kept. */
export function makeNodeSuite(): Suite {
  const privateKeys = keep((seed) =>
    createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' }));
  const publicKeys = keep((key) =>
    createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, key]), format: 'der', type: 'spki' }));
  return {
    sha256: (bytes) => hash('sha256', bytes, 'buffer'),
    hasher: () => {
      const pieces = createHash('sha256');
      return { update: (bytes) => { pieces.update(bytes); }, digest: () => pieces.digest() };
    },
    publicKey: (seed) => createPublicKey(privateKeys(seed)).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length),
    sign: (seed, message) => sign(null, message, privateKeys(seed)),
    verify: (key, message, signature) => {
      if (key.length !== 32 || signature.length !== 64) return false;
      try { return verify(null, message, publicKeys(key), signature); } catch { return false; }
    },
    random: makeRandom(),
  };
}

/** Drawn in one go for many: a call for a few bytes costs as much as one for thousands. What was given out is kept nowhere. */
function makeRandom(): (length: number) => Uint8Array {
  const drawn = new Uint8Array(DRAWN);
  let used = DRAWN;
  return (length) => {
    if (length > DRAWN) return randomFillSync(new Uint8Array(length));
    if (used + length > DRAWN) { randomFillSync(drawn); used = 0; }
    const given = drawn.slice(used, used + length);
    drawn.fill(0, used, used += length);
    return given;
  };
}

// Making a key object costs as much as a verification; the oldest go first when there are many.
function keep(make: (raw: Uint8Array) => KeyObject): (raw: Uint8Array) => KeyObject {
  const kept = new Map<string, KeyObject>();
  return (raw) => {
    const id = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
    const found = kept.get(id);
    if (found) return found;
    const made = make(raw);
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
    kept.set(id, made);
    return made;
  };
}
