import { fromBase64Url } from '../bytes/base64url.ts';
import { bytes32, type Field } from '../bytes/shape.ts';

// The y of every point of order 1, 2, 4 or 8: a "key" for which one signature fits many messages.
const SMALL_ORDER = new Set([
  '00'.repeat(32), '01' + '00'.repeat(31), 'ec' + 'ff'.repeat(30) + '7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/** True for an Ed25519 public key that libraries agree on: y below the field prime, the point not of small order. */
export function isSoundKey(text: unknown): boolean {
  if (text === known) return true;
  if (!isSound(text)) return false;
  known = text as string;
  return true;
}

// Records come lane by lane, all by one device.
let known = '';

function isSound(text: unknown): boolean {
  if (!bytes32.check(text)) return false;
  const y = fromBase64Url(text as string)!;
  y[31]! &= 0x7f;
  const beyondPrime = y[0]! >= 0xed && y[31] === 0x7f && y.subarray(1, 31).every((b) => b === 0xff);
  return !beyondPrime && !SMALL_ORDER.has(y.reduce((hex, b) => hex + b.toString(16).padStart(2, '0'), ''));
}

/** A public key, as a field of a statement. */
export const publicKey: Field = { is: 'an Ed25519 public key (32 bytes as base64url)', check: isSoundKey };
