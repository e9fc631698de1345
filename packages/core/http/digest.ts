import { toBase64Url } from '../bytes/base64url.ts';
import type { Suite } from '../suite.ts';

/** The value of the header `content-digest` (RFC 9530, SHA-256) of a body; one that is not there is empty. */
export const contentDigest = (suite: Pick<Suite, 'sha256'>, body: Uint8Array): string => `sha-256=:${toBase64(suite.sha256(body))}:`;

/** Bytes as the base64 of HTTP fields: with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  const text = toBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
