import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { toBase64Url } from '@commonhold/core';
import type { MadePasskey, UsedPasskey } from '../household/passkeys/ports.ts';

/** What may be bent in an answer, to see it refused. */
export interface Bent { origin?: string; rp?: string; type?: string; counter?: number; verified?: boolean; userHandle?: string }

/** A passkey in software (P-256, no attestation), as an authenticator and a browser would make and use it. */
export interface Authenticator {
  /** Its credential id. */
  readonly id: string;
  make(options: { challenge: string; rp: { id?: string } }, origin: string, bent?: Bent): MadePasskey;
  use(options: { challenge: string; rpId?: string }, origin: string, bent?: Bent): UsedPasskey;
}

const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Makes one for a person (`userHandle` = persona id); its counter begins at 1. */
export function makeAuthenticator(persona: string): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const raw = randomBytes(32);
  const id = toBase64Url(raw);
  let count = 0;
  const client = (type: string, challenge: string, origin: string): Buffer => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const head = (rp: string, flags: number, counter: number): Buffer => {
    const out = Buffer.alloc(37);
    out.set(sha256(rp));
    out[32] = flags;
    out.writeUInt32BE(counter, 33);
    return out;
  };
  const outer = { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  return {
    id,
    make({ challenge, rp }, origin, bent = {}) {
      const clientData = client(bent.type ?? 'webauthn.create', challenge, bent.origin ?? origin);
      // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
      const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')]);
      const data = Buffer.concat([head(bent.rp ?? rp.id ?? '', bent.verified === false ? 0x41 : 0x45, ++count), Buffer.alloc(16), Buffer.from([0, raw.length]), raw, cose]);
      // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
      const object = Buffer.concat([Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'), Buffer.from([data.length]), data]);
      return { ...outer, response: { clientDataJSON: toBase64Url(clientData), attestationObject: toBase64Url(object) } };
    },
    use({ challenge, rpId = '' }, origin, bent = {}) {
      const clientData = client(bent.type ?? 'webauthn.get', challenge, bent.origin ?? origin);
      const data = head(bent.rp ?? rpId, bent.verified === false ? 0x01 : 0x05, bent.counter ?? ++count);
      const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), privateKey);
      return { ...outer, response: {
        clientDataJSON: toBase64Url(clientData), authenticatorData: toBase64Url(data), signature: toBase64Url(signature),
        userHandle: bent.userHandle ?? toBase64Url(Buffer.from(persona)),
      } };
    },
  };
}
