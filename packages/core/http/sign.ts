import { toBase64Url } from '../bytes/base64url.ts';
import { utf8 } from '../bytes/frame.ts';
import type { Suite } from '../suite.ts';
import { contentDigest, toBase64 } from './digest.ts';
import { headerOf, MEANT_HEADERS, SIGNATURE_TAG, SIGNED_PARTS, signatureBase, type HttpMessage } from './message.ts';

/** By what a request is signed. */
export interface Signer {
  /** Ed25519 seed (32 bytes) of the service's key, or of a device's. */
  seed: Uint8Array;
  /** Whose device it is; left out by a service. */
  persona?: string;
}

/** What is signed with it; times in milliseconds. */
export interface Signing { body?: Uint8Array; now: number; seconds?: number; nonce?: string }

/** How long a signature is good unless told otherwise. */
const USUAL_SECONDS = 60;
const NONCE_BYTES = 16;

/**
 * The headers that sign a request (spec/signatures.md): `content-digest`, `signature-input`, `signature`. Send them with exactly this
 * method, address, body, and those of the request's own headers that change what it asks. Throws TypeError for an address or a header that is not ASCII.
 */
export function signRequest(suite: Suite, message: HttpMessage, by: Signer, { body = new Uint8Array(), now, seconds = USUAL_SECONDS, nonce }: Signing): { 'content-digest': string; 'signature-input': string; signature: string } {
  const key = toBase64Url(suite.publicKey(by.seed));
  const created = Math.floor(now / 1000);
  const digest = contentDigest(suite, body);
  const whole = { ...message, headers: { ...message.headers, 'content-digest': digest } };
  const parts = [...SIGNED_PARTS, ...MEANT_HEADERS.filter((name) => headerOf(whole, name) !== null)];
  const parameters = `(${parts.map((part) => `"${part}"`).join(' ')});created=${created};expires=${created + seconds};nonce="${nonce ?? toBase64Url(suite.random(NONCE_BYTES))}"`
    + `;keyid="${by.persona === undefined ? key : `${by.persona}.${key}`}";alg="ed25519";tag="${SIGNATURE_TAG}"`;
  const base = signatureBase(whole, parts, parameters);
  if (base === null) throw new TypeError('what is signed of a request is ASCII');
  return { 'content-digest': digest, 'signature-input': `commonhold=${parameters}`, signature: `commonhold=:${toBase64(suite.sign(by.seed, utf8(base)))}:` };
}
