import { frame, utf8 } from '../bytes/frame.ts';
import { canonical, type Json } from '../bytes/json.ts';
import type { Suite } from '../suite.ts';

/** 32 random bytes that are kept with a body and die with it, so that its hash says nothing afterwards. */
export const newSalt = (suite: Suite): Uint8Array => suite.random(32);

/** SHA-256 (32 bytes) of `commonhold/body/1`, the salt and the body's canonical bytes. TypeError for a body that is not JSON. */
export const bodyHash = (suite: Suite, salt: Uint8Array, body: Json): Uint8Array => bodyTextHash(suite, salt, canonical(body));

// The frame of ('commonhold/body/1', 32 bytes, a text): this runs for each write and each record that comes.
const HEAD = frame('commonhold/body/1', new Uint8Array(32), '');
const SALT_AT = HEAD.length - 8 - 32;

/** The same of a body's canonical text. */
export function bodyTextHash(suite: Suite, salt: Uint8Array, text: string): Uint8Array {
  if (salt.length !== 32) return suite.sha256(frame('commonhold/body/1', salt, text));
  const body = utf8(text);
  const bytes = new Uint8Array(HEAD.length + body.length);
  bytes.set(HEAD);
  bytes.set(salt, SALT_AT);
  new DataView(bytes.buffer).setUint32(HEAD.length - 4, body.length);
  bytes.set(body, HEAD.length);
  return suite.sha256(bytes);
}
