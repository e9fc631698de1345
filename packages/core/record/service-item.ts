import { toBase64Url } from '../bytes/base64url.ts';
import type { JsonObject } from '../bytes/json.ts';
import type { Signed } from '../identity/statement.ts';
import type { Suite } from '../suite.ts';
import { bodyHash, newSalt } from './body.ts';
import { makeServiceOffer, type ServiceOffer } from './service-offer.ts';

/** Long enough for every retry; owners remember for as long that they took it. */
const LIFE_MS = 3_600_000;
const NONCE_BYTES = 16;

/** What a service says of one record, as the data API takes it: with `body`, to put it, else to remove it. */
export interface ServiceItem { offer: Signed<ServiceOffer>; body?: JsonObject; salt?: string }

/** What a service says, and for whom; `key`: the whole key of the record. */
export type Said = Pick<ServiceOffer, 'service' | 'owner' | 'collection' | 'key'> & { body?: JsonObject };

/** Signs what a service says of one record, with its key; good for an hour. */
export function sayAsService(suite: Suite, { service, owner, collection, key, body }: Said, { seed, now }: { seed: Uint8Array; now: number }): ServiceItem {
  const common = { service, owner, collection, key, by: toBase64Url(suite.publicKey(seed)), nonce: toBase64Url(suite.random(NONCE_BYTES)), expiry: Math.floor(now) + LIFE_MS };
  if (body === undefined) return { offer: makeServiceOffer(suite, { ...common, op: 'remove' }, seed) };
  const salt = newSalt(suite);
  return { offer: makeServiceOffer(suite, { ...common, op: 'put', body: toBase64Url(bodyHash(suite, salt, body)) }, seed), body, salt: toBase64Url(salt) };
}
