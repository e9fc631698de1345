import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts';
import { frame, utf8 } from '../bytes/frame.ts';
import type { Suite } from '../suite.ts';

/** A device that asks to be added by a code: its public key (base64url) and what the list shall call it. */
export interface AskingDevice { device: string; label: string }

/** Bytes of the secret in the code; the house never sees it. */
export const LINK_SECRET_BYTES = 16;

/**
 * What proves to the old device that the new one has read its code: HMAC-SHA256, base64url. So no house can slip in a key of its own.
 * `secret` comes from the code; null for a key that is not 32 bytes as base64url. See spec/identity.md, "Adding a device by a code".
 */
export function linkMac(secret: Uint8Array, { device, label }: AskingDevice): string | null {
  const key = fromBase64Url(device, 32);
  return key ? toBase64Url(hmac(sha256, secret, frame('commonhold/device-link/1', key, utf8(label)))) : null;
}

/** Whether `mac` is that of this device under this secret; takes the same time wherever they differ. */
export function checkLink(secret: Uint8Array, of: AskingDevice, mac: string): boolean {
  const due = linkMac(secret, of);
  if (due === null || due.length !== mac.length) return false;
  let different = 0;
  for (let i = 0; i < due.length; i++) different |= due.charCodeAt(i) ^ mac.charCodeAt(i);
  return different === 0;
}

/** A sign-in by recovery words: into which house, by which add-device statement (its hash). */
export interface RecoverySignIn { house: string; statement: string }

const signInBytes = ({ house, statement }: RecoverySignIn): Uint8Array =>
  frame('commonhold/recovery-sign-in/1', utf8(house), fromBase64Url(statement, 32) ?? new Uint8Array(0));

/** Proves to one house that whoever signs in has the words now: others may have seen the statement elsewhere. base64url. */
export const signInProof = (suite: Suite, of: RecoverySignIn, recoverySeed: Uint8Array): string =>
  toBase64Url(suite.sign(recoverySeed, signInBytes(of)));

/** Whether the recovery key (base64url) made this proof. */
export function checkSignIn(suite: Suite, of: RecoverySignIn, recoveryKey: string, proof: string): boolean {
  const [key, signature] = [fromBase64Url(recoveryKey, 32), fromBase64Url(proof, 64)];
  return key !== null && signature !== null && suite.verify(key, signInBytes(of), signature);
}
