import {
  bytes32, exactly, identifier, integer, optional, personaId, recordKey, serviceId, version1,
} from '../bytes/shape.ts';
import { publicKey } from '../identity/key.ts';
import type { KeyLogState } from '../identity/keylog.ts';
import { signUnder } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import type { Op } from './envelope.ts';
import { checkByDevice, vouched, type Kind } from './signed.ts';

/** A record that `author` asks `owner` to add, change or remove. `expiry`: ms since 1970; `key`: `author/` and 16 random bytes. */
export interface Offer {
  v: 1; type: 'offer'; author: string; device: string; owner: string; service: string; contract: string;
  collection: string; key: string; op: Op; base: string | null; body?: string; expiry: number; keyLogHead: string;
}

const KIND: Kind = {
  domain: 'commonhold/offer/1',
  shape: {
    v: version1, type: exactly('offer'), author: personaId, device: publicKey, owner: personaId, service: serviceId,
    contract: bytes32, collection: identifier, key: recordKey,
    op: { is: 'put or remove', check: (v) => v === 'put' || v === 'remove' },
    base: { is: 'null or 32 bytes as base64url', check: (v) => v === null || bytes32.check(v) },
    body: optional(bytes32), expiry: integer(0), keyLogHead: bytes32,
  },
};

/** An offer, signed by a `write` device of the author. `body` is the salted hash; the body and salt travel beside it. */
export function makeOffer(suite: Suite, of: Omit<Offer, 'v' | 'type'>, deviceSeed: Uint8Array): Signed<Offer> {
  const statement: Offer = { v: 1, type: 'offer', ...of };
  return { statement, signatures: [signUnder(suite, KIND.domain, statement, deviceSeed)] };
}

/**
 * The offer, if it is well formed and signed by the device it names: all that can be said without the author's key log.
 * Codes: shape and signature (see spec/record.md), offer_key, bad_body.
 */
export function checkOffer(suite: Suite, signed: unknown): Result<Offer> {
  const checked = checkByDevice<Offer>(suite, KIND, signed);
  if (!checked.ok) return checked;
  const offer = checked.value;
  if (!offer.key.startsWith(offer.author + '/')) return no('offer_key', 'The key of an offer begins with its author.', 'key');
  if ((offer.op === 'put') !== (offer.body !== undefined)) return no('bad_body', 'A put has a body, a remove has none.', 'body');
  return checked;
}

/**
 * The offer, if `owner` may take it at `now` (ms): meant for this owner, not expired, signed by a `write` device of the author.
 * Codes: those of `checkOffer`, offer_wrong_owner, offer_expired, then wrong_persona, head_unknown, device_unknown,
 * device_revoked, device_not_capable.
 */
export function verifyOffer(
  suite: Suite, signed: unknown, by: { owner: string; now: number; keyLog: KeyLogState },
): Result<Offer> {
  const checked = checkOffer(suite, signed);
  if (!checked.ok) return checked;
  const offer = checked.value;
  if (offer.owner !== by.owner) return no('offer_wrong_owner', 'This offer is for somebody else.', 'owner');
  if (by.now > offer.expiry) return no('offer_expired', 'This offer has expired.', 'expiry');
  const may = vouched(by.keyLog, offer.author, offer, 'write');
  return may.ok ? yes(offer) : may;
}
