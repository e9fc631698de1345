import { frame } from '../bytes/frame.ts';
import { canonical, type Json } from '../bytes/json.ts';
import type { Suite } from '../suite.ts';

/** 32 random bytes that are kept with a body and die with it, so that its hash says nothing afterwards. */
export const newSalt = (suite: Suite): Uint8Array => suite.random(32);

/** SHA-256 (32 bytes) of `commonhold/body/1`, the salt and the body's canonical bytes. TypeError for a body that is not JSON. */
export const bodyHash = (suite: Suite, salt: Uint8Array, body: Json): Uint8Array => bodyTextHash(suite, salt, canonical(body));

/** The same of a body's canonical text. */
export const bodyTextHash = (suite: Suite, salt: Uint8Array, text: string): Uint8Array =>
  suite.sha256(frame('commonhold/body/1', salt, text));
