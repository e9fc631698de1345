import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { fromBase64Url, frame, Refusal, utf8, type Json } from '@commonhold/core';

/**
 * Opaque places for callers to hand back. A place may tell what its caller may not know (how much was written beside it),
 * so it is encrypted, and it opens for nobody else and nothing else than what it was made for.
 */
export interface Cursors {
  /** `bound`: the caller and all that the place belongs to. */
  seal(bound: readonly string[], place: Json): string;
  /** Refuses `bad_cursor`; `field` is where in the request it stood. */
  open(bound: readonly string[], cursor: string, field: string): Json;
}

/** The key of a house's cursors: HKDF-SHA256 of the house secret. */
export const cursorKeyOf = (houseSecret: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', houseSecret, '', 'commonhold/cursor/1', 32));

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** Cursors under a key of 32 bytes: nonce, AES-256-GCM of the JSON, tag. Each is different, so that equal places cannot be told. */
export function makeCursors(key: Uint8Array): Cursors {
  const bind = (bound: readonly string[]): Uint8Array => frame('commonhold/cursor/1', ...bound);
  return {
    seal: (bound, place) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(bind(bound));
      return Buffer.concat([nonce, cipher.update(utf8(JSON.stringify(place))), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open: (bound, cursor, field) => {
      const bytes = fromBase64Url(cursor);
      try {
        if (!bytes || bytes.length <= NONCE + TAG) throw badCursor(field);
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE), { authTagLength: TAG }).setAAD(bind(bound)).setAuthTag(bytes.subarray(-TAG));
        return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString()) as Json;
      } catch { throw badCursor(field); }
    },
  };
}

const badCursor = (field: string): Refusal => new Refusal('invalid', 'bad_cursor', 'This cursor was not made for this request.', { field });
