import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';

const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The key of an account with an authority, and what it signs (RFC 7515, RFC 7638, ES256). */
export interface Signer {
  /** A request's body: `to` is its address, `account` that of the account once it has one; no payload = POST-as-GET. */
  body(to: string, nonce: string, account: string | null, payload?: object): string;
  /** What is to be found under a challenge's token (RFC 8555 §8.1). */
  answerOf(token: string): string;
}

/** Signs with a P-256 key. */
export function makeSigner(key: KeyObject): Signer {
  const { crv, kty, x, y } = createPublicKey(key).export({ format: 'jwk' });
  const jwk = { crv, kty, x, y };
  const thumbprint = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
  return {
    body: (to, nonce, account, payload) => {
      const head = text({ alg: 'ES256', nonce, url: to, ...(account === null ? { jwk } : { kid: account }) });
      const body = payload === undefined ? '' : text(payload);
      const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
      return JSON.stringify({ protected: head, payload: body, signature });
    },
    answerOf: (token) => `${token}.${thumbprint}`,
  };
}
