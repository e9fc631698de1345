import { createCipheriv, createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';

const P = 2n ** 255n - 19n;
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY = 32, TAG = 16;

/** A key of its own for one use, from 32 secret bytes. */
export const keyFor = (secret: Uint8Array, use: string, salt: Uint8Array = new Uint8Array()): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, `commonhold/${use}/1`, KEY));

/**
 * Locks a backup key so that only the house's 24 words open it: X25519 with the recovery key (Ed25519, turned into its Montgomery
 * form), HKDF-SHA256 over both public keys, AES-256-GCM under that key once. The answer: ephemeral key (32), key (32), tag (16).
 */
export function lockKey(backupKey: Uint8Array, recoveryKey: Uint8Array): Buffer {
  const to = montgomery(recoveryKey);
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const from = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  const cipher = createCipheriv('aes-256-gcm', sealKey(diffieHellman({ privateKey, publicKey: publicOf(to) }), from, to), Buffer.alloc(12));
  return Buffer.concat([from, cipher.update(backupKey), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `lockKey` locked, with the recovery seed (32 bytes) of that key; null where it does not fit. */
export function unlockKey(locked: Uint8Array, recoverySeed: Uint8Array, recoveryKey: Uint8Array): Buffer | null {
  if (locked.length !== 2 * KEY + TAG) return null;
  const from = locked.subarray(0, KEY), scalar = createHash('sha512').update(recoverySeed).digest().subarray(0, KEY);
  try {
    const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, scalar]), format: 'der', type: 'pkcs8' });
    const shared = diffieHellman({ privateKey, publicKey: publicOf(from) });
    const decipher = createDecipheriv('aes-256-gcm', sealKey(shared, from, montgomery(recoveryKey)), Buffer.alloc(12)).setAuthTag(locked.subarray(2 * KEY));
    return Buffer.concat([decipher.update(locked.subarray(KEY, 2 * KEY)), decipher.final()]);
  } catch { return null; }
}

const sealKey = (shared: Uint8Array, from: Uint8Array, to: Uint8Array): Buffer => keyFor(shared, 'backup-lock', Buffer.concat([from, to]));
const publicOf = (raw: Uint8Array) => createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });

// u = (1 + y) / (1 - y): the map of RFC 7748, section 4.1.
function montgomery(edwards: Uint8Array): Buffer {
  const turned = Buffer.from(edwards).reverse();
  turned[0]! &= 0x7f;
  const y = BigInt(`0x${turned.toString('hex')}`);
  const u = (1n + y) * power(1n + P - y, P - 2n) % P;
  return Buffer.from(u.toString(16).padStart(64, '0'), 'hex').reverse();
}

function power(base: bigint, exponent: bigint): bigint {
  let out = 1n;
  for (let b = base % P, e = exponent; e > 0n; e >>= 1n, b = b * b % P) if (e & 1n) out = out * b % P;
  return out;
}
