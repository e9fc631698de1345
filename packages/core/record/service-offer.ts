import { isObject } from '../bytes/json.ts';
import { bytes16, bytes32, exactly, identifier, integer, optional, personaId, recordKey, version1 } from '../bytes/shape.ts';
import { publicKey } from '../identity/key.ts';
import { signUnder } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import type { Op } from './envelope.ts';
import { keyFits } from './key.ts';
import { checkSignedBy, type Kind } from './signed.ts';

/**
 * A record that a service asks `owner` to add, change or remove, signed by its key (`by`), whatever is there: it has no base. `expiry`: ms
 * since 1970; `nonce`: so that a service can say the same twice.
 */
export interface ServiceOffer {
  v: 1; type: 'service-offer'; service: string; by: string; owner: string; collection: string; key: string; op: Op; body?: string;
  nonce: string; expiry: number;
}

/** How far ahead an offer of a service may expire, in ms: owners remember until then that they took it. */
export const SERVICE_OFFER_LIFE_MS = 8 * 86_400_000;

const KIND: Kind = {
  domain: 'commonhold/service-offer/1',
  shape: {
    v: version1, type: exactly('service-offer'), service: bytes32, by: publicKey, owner: personaId, collection: identifier, key: recordKey,
    op: { is: 'put or remove', check: (v) => v === 'put' || v === 'remove' }, body: optional(bytes32), nonce: bytes16, expiry: integer(0),
  },
};

/** An offer, signed by the key of the service. `body` is the salted hash; the body and salt travel beside it. */
export function makeServiceOffer(suite: Suite, of: Omit<ServiceOffer, 'v' | 'type'>, seed: Uint8Array): Signed<ServiceOffer> {
  const statement: ServiceOffer = { v: 1, type: 'service-offer', ...of };
  return { statement, signatures: [signUnder(suite, KIND.domain, statement, seed)] };
}

/**
 * The offer, if it is well formed and signed by the key that it names: all that can be said without the contract.
 * Codes: shape and signature (see spec/record.md), offer_key, bad_body.
 */
export function checkServiceOffer(suite: Suite, signed: unknown): Result<ServiceOffer> {
  const checked = checkSignedBy<ServiceOffer>(suite, KIND, signed, ({ by }) => by);
  if (!checked.ok) return checked;
  const offer = checked.value;
  if (!keyFits(offer.key, offer.service, offer)) return no('offer_key', 'A service writes no record under the key of another.', 'key');
  if ((offer.op === 'put') !== (offer.body !== undefined)) return no('bad_body', 'A put has a body, a remove has none.', 'body');
  return checked;
}

/** Where and when an offer of a service is to be taken: `by` is the key in the contract that binds the owner. */
export interface Taking { service: string; by: string; owner: string; collection: string; now: number }

/**
 * The offer, if this owner may take it now. Codes: those of `checkServiceOffer`, offer_wrong_owner, offer_wrong_place (another service or
 * collection), offer_wrong_key, offer_expired, offer_too_long (it would be good for more than eight days).
 */
export function verifyServiceOffer(suite: Suite, signed: unknown, { service, by, owner, collection, now }: Taking): Result<ServiceOffer> {
  const checked = checkServiceOffer(suite, signed);
  if (!checked.ok) return checked;
  const offer = checked.value;
  if (offer.owner !== owner) return no('offer_wrong_owner', 'This offer is for somebody else.', 'owner');
  if (offer.service !== service) return no('offer_wrong_place', 'This offer is of another service.', 'service');
  if (offer.collection !== collection) return no('offer_wrong_place', 'This offer is for another collection.', 'collection');
  if (offer.by !== by) return no('offer_wrong_key', 'This is not the key of the service.', 'by');
  if (now > offer.expiry) return no('offer_expired', 'This offer has expired.', 'expiry');
  if (offer.expiry - now > SERVICE_OFFER_LIFE_MS) return no('offer_too_long', 'An offer is good for eight days at most.', 'expiry');
  return yes(offer);
}

/** Whether the offer beside a record by the service itself was signed by this key, that of the contract which the record names; of any other record, yes. */
export const isByItsKey = ({ author, service }: { author?: string; service: string }, offer: unknown, key: unknown): boolean =>
  author !== service || (isObject(offer) && isObject(offer['statement']) && offer['statement']['by'] === key);
