import {
  bodyHash, fromBase64Url, mayWrite as mayWriteRow, Refusal, statementHash, toBase64Url, verifyServiceOffer, type Audience, type JsonObject, type ServiceOffer, type Verb,
} from '@commonhold/core';
import type { Row } from '../../store/pod/types.ts';
import type { Access } from '../access.ts';
import { namedAudience } from '../audience.ts';
import { forClock } from '../bounds.ts';
import type { Caller } from '../caller.ts';
import { mayWrite } from '../standing.ts';
import type { ProvedOffer } from '../transactor.ts';
import type { DataDeps } from './deps.ts';
import { itemsIn, wellFormed } from './placing.ts';
import { nothingHere } from './see.ts';
import { checker, objectOf } from './shape.ts';
import type { Target } from './target.ts';

/** Whoever signed a request with a key, in the name of a service. */
export type ServiceCaller = Extract<Caller, { kind: 'service' }>;

/** A record that a service asks for, by an offer that its own key signed; a remove has no body. */
export interface ServiceItem { key: string; body: JsonObject; ifVersion?: string | null; proved: ProvedOffer }

const SALT_BYTES = 32;
const check = checker({ salt: { type: 'string', maxLength: 64 }, ifVersion: { type: ['string', 'null'], maxLength: 64 } });

/**
 * Reads what a service puts or removes: 1 to 100 items, each with the offer that makes it this key's word for this place, and nobody's in the
 * house. By the request alone, so that it tells nothing. Refuses the codes of core's `verifyServiceOffer`, `offer_wrong_op`, `wrong_body`.
 */
export function serviceItems({ pen }: Pick<DataDeps, 'pen'>, caller: ServiceCaller, target: Target, input: unknown, op: ServiceOffer['op']): ServiceItem[] {
  const where = { service: target.service, by: caller.key, owner: target.persona, collection: target.collection, now: pen.now() };
  return itemsIn(input).map((item, i) => {
    const at = `/items/${i}`;
    const { offer: signed, body, ...rest } = objectOf(item, at);
    check(rest, at);
    const { salt, ifVersion } = rest as { salt?: string; ifVersion?: string | null };
    const verified = verifyServiceOffer(pen.suite, signed, where);
    if (!verified.ok) throw new Refusal('invalid', verified.code, verified.message, { field: `${at}/offer` });
    const offer = verified.value;
    if (offer.op !== op) throw new Refusal('invalid', 'offer_wrong_op', 'This offer is for something else to be done.', { field: `${at}/offer`, expected: op });
    const proved = { offer: { ...offer, author: offer.service }, hash: statementHash(pen.suite, offer), text: JSON.stringify(signed) };
    if (op === 'remove') {
      for (const name of ['body', 'salt', 'ifVersion']) if (name in (item as object)) throw new Refusal('invalid', 'unknown_field', 'The request has a field that it should not have.', { field: `${at}/${name}` });
      return { key: offer.key, body: {}, proved };
    }
    const content = contentOf(pen, { offer, body, salt }, at);
    return { key: offer.key, body: content.body, proved: { ...proved, ...content }, ...(ifVersion === undefined ? {} : { ifVersion }) };
  });
}

function contentOf({ suite }: DataDeps['pen'], of: { offer: ServiceOffer; body: unknown; salt: string | undefined }, at: string): { body: JsonObject; salt: Uint8Array } {
  const body = wellFormed(objectOf(of.body, `${at}/body`), `${at}/body`);
  const salt = fromBase64Url(of.salt ?? '', SALT_BYTES);
  if (!salt || toBase64Url(bodyHash(suite, salt, body)) !== of.offer.body) {
    throw new Refusal('invalid', 'wrong_body', 'The body and its salt are not those that were signed.', { field: `${at}/body` });
  }
  return { body, salt };
}

/** Opens a namespace that the contract lets the service itself write by one of these verbs. Refuses `not_found`; the owner's log has why. */
export function openForService(deps: DataDeps, caller: ServiceCaller, target: Target, ...verbs: readonly Verb[]): Access {
  const { collection } = target;
  const access = deps.open(caller, target, true);
  if (!verbs.some((verb) => 'allow' in access.decide(collection, verb))) { access.may(collection, verbs[0]!); throw nothingHere(); }
  // A pod that has gone elsewhere is not written here.
  if (!mayWrite(access.home.state, access.house)) { access.refused(collection, verbs[0]!, 'no_offer'); throw nothingHere(); }
  return access;
}

/** What is there under a key. */
export const rowAt = (access: Access, collection: string, key: string): Row | undefined =>
  access.home.pod.sql.row.get(access.home.state.ref, access.contract.service, collection, key);

/** May this caller change or remove a record that is there? Nobody is told in the log. */
export function mayTouch(access: Access, verb: Verb, row: Row): boolean {
  const decision = access.decide(row.collection, verb);
  const isOwn = (row.author ?? access.home.state.persona) === access.self;
  return 'allow' in decision && mayWriteRow(forClock(decision.allow, row.at), namedAudience(row.audience, access.house) as Audience, isOwn);
}

/** Whether what is under a key is the service's own word, or could be. */
export const isOwnKey = (key: string, service: string): boolean => key.startsWith(`${service}/`);

/** Refuses a key under which this service cannot say that. */
export const badServiceKey = (i: number): Refusal =>
  new Refusal('invalid', 'bad_key', 'A service adds under keys of its own; what its owner made, it changes by patch.', { field: `/items/${i}/offer/statement/key` });

/** What a request says, whatever was drawn for it: the same again, signed anew, is the same request. */
export const meaningOf = ({ persona, service, collection }: Target, verb: string, items: readonly ServiceItem[]): (string | (string | JsonObject | null)[][])[] =>
  [persona, service, collection, verb, items.map(({ key, body, ifVersion }) => [key, body, ...(ifVersion === undefined ? [] : [ifVersion])])];
