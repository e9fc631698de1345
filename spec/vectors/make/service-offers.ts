import {
  bodyHash, clockNext, fromBase64Url, makeServiceOffer, serviceId, statementHash, toBase64Url, verifyServiceOffer, type Envelope, type Json, type Lane, type LogEntry, type ServiceOffer, type Signed,
} from '../../../packages/core/index.ts';
import { codeOf } from './code.ts';
import { envelopeOf, erased, idOfEnvelope, makeLane, NOON, postsLane, type Draft } from './lane.ts';
import { offered } from './offers.ts';
import { idOf } from './persona.ts';
import { key, long, seed, short, suite } from './tools.ts';

/** The id of Potluck, made of its first key. */
export const POTLUCK = serviceId(suite, suite.publicKey(seed('service 1')), 'potluck');

/** What Potluck says, and the salt. */
const soup: { body: Json; salt: string } = { body: { title: 'Soup, as agreed' }, salt: long('salt of soup') };

const hashOf = ({ body, salt }: typeof soup): string => toBase64Url(bodyHash(suite, fromBase64Url(salt)!, body));

/** An offer of Potluck's to Ada, good until a day after noon, with changes; what is undefined is left out. */
export function serviceOffered(changed: { [field in keyof ServiceOffer]?: ServiceOffer[field] | undefined } = {}, by = 'service 1'): Signed<ServiceOffer> {
  return makeServiceOffer(suite, said({
    service: POTLUCK, by: key('service 1'), owner: idOf('ada'), collection: 'dishes', key: `${POTLUCK}/${short('soup')}`, op: 'put', body: hashOf(soup), nonce: short('nonce of soup'), expiry: NOON + 86_400_000, ...changed,
  }), seed(by));
}

const said = (fields: object): Omit<ServiceOffer, 'v' | 'type'> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Omit<ServiceOffer, 'v' | 'type'>;

/** The same to remove something. */
export function serviceRemoves(recordKey: string, changed: Partial<ServiceOffer> = {}): Signed<ServiceOffer> {
  return serviceOffered({ key: recordKey, op: 'remove', body: undefined, nonce: short('nonce of removal'), ...changed });
}

const dishesLane = (contract: string): Omit<Lane, 'v' | 'type'> => ({ ...postsLane(), service: POTLUCK, contract, collection: 'dishes', audience: 'members', lane: short('dishes lane') });

/** One record by Potluck, on this offer, in Ada's lane. */
export function oneDish(offer: Signed<ServiceOffer> | Signed<object>, more: Partial<Draft> = {}, contract = long('potluck contract')): { announcement: Signed<Lane>; entries: LogEntry[] } {
  const { key: recordKey } = serviceOffered().statement;
  return makeLane(dishesLane(contract), 'ada pod', [{ key: recordKey, ...soup, author: POTLUCK, offer: offer as Signed<ServiceOffer>, ...more }], [1]);
}

/** Ada's dishes: one that Potluck added; one of hers that it changed; one of Ben's that it removed. */
export function adaDishes(contract = long('potluck contract')): { announcement: Signed<Lane>; entries: LogEntry[] } {
  const of = dishesLane(contract);
  const hers: Draft = { key: short('her dish'), body: { title: 'Soup' }, salt: long('salt of her dish') };
  const his: Draft = { key: `${idOf('ben')}/${short('his dish')}`, body: { title: 'Stones' }, salt: long('salt of his dish'), author: idOf('ben'), offer: offered({ service: POTLUCK, contract, collection: 'dishes', key: `${idOf('ben')}/${short('his dish')}`, body: hashOf({ body: { title: 'Stones' }, salt: long('salt of his dish') }) }) };
  const baseOf = (seq: number, draft: Draft): string => idOfEnvelope(envelopeOf(of, seq, clockNext('', NOON + seq - 1), draft));
  const { announcement, entries } = makeLane(of, 'ada pod', [
    { key: serviceOffered().statement.key, ...soup, author: POTLUCK, offer: serviceOffered() },
    hers,
    { key: hers.key, ...soup, rev: 2, base: baseOf(2, hers), author: POTLUCK, offer: serviceOffered({ key: hers.key, nonce: short('nonce of change') }) },
    his,
    { key: his.key, op: 'remove', rev: 2, base: baseOf(4, his), author: POTLUCK, offer: serviceRemoves(his.key) },
  ], [5]);
  return { announcement, entries: entries.map((entry) => ([2, 4].includes(entry.seq) ? erased(entry) : entry)) };
}

/** Lanes with offers of services that must be refused. */
export const badServiceLogs = (): { name: string; announcement: Signed<Lane>; entries: LogEntry[] }[] => [
  { name: 'a record by the service without its offer', ...withoutOffer() },
  { name: 'a record by the service on the offer of a persona', ...oneDish(offered()) },
  { name: 'a record by the service on an offer for another owner', ...oneDish(serviceOffered({ owner: idOf('ben') })) },
  { name: 'a record by the service on an offer for another collection', ...oneDish(serviceOffered({ collection: 'profile' })) },
  { name: 'a record by the service under another key than it offered', ...oneDish(serviceOffered({ key: `${POTLUCK}/${short('stew')}` })) },
  { name: 'a record by the service with other words than it offered', ...oneDish(serviceOffered(), { body: { title: 'Stew' }, salt: long('salt of stew') }) },
  { name: 'a record by the service on an offer of another service', ...oneDish(serviceOffered({ service: long('another service'), key: `${long('another service')}/${short('soup')}` })) },
  { name: 'a record by the service on an offer that had expired', ...oneDish(serviceOffered({ expiry: NOON - 1 })) },
  { name: 'a record by the service on an offer that was changed', ...oneDish({ ...serviceOffered(), statement: { ...serviceOffered().statement, expiry: NOON + 1 } }) },
  { name: 'a record by the service on an offer to remove', ...oneDish(serviceRemoves(serviceOffered().statement.key)) },
];

function withoutOffer(): { announcement: Signed<Lane>; entries: LogEntry[] } {
  const { announcement, entries } = oneDish(serviceOffered());
  return { announcement, entries: entries.map(({ offer: _, ...rest }) => rest) };
}

/** Envelopes by a service that must be refused: `changed` are the fields that differ from its good one. */
export const badServiceEnvelopes = (): { name: string; changed: Partial<Envelope> }[] => [
  { name: 'an author that is another service', changed: { author: long('another service'), key: `${long('another service')}/${short('soup')}` } },
  { name: 'the service under a key of a persona', changed: { key: `${idOf('ben')}/${short('soup')}` } },
  { name: 'the service under a key of another service', changed: { key: `${long('another service')}/${short('soup')}` } },
  { name: 'an author of 16 bytes', changed: { author: short('author') } },
];

/** The good envelope that those differ from. */
export const dishEnvelope = (): Envelope => JSON.parse(oneDish(serviceOffered()).entries[0]!.envelope!) as Envelope;

const cases = (): { name: string; signed: unknown; service?: string; by?: string; owner?: string; collection?: string; now?: number }[] => [
  { name: 'not an object', signed: 'offer' },
  { name: 'one more field', signed: serviceOffered({ base: null } as object) },
  { name: 'version 2', signed: serviceOffered({ v: 2 } as object) },
  { name: 'the offer of a persona', signed: offered() },
  { name: 'no nonce', signed: serviceOffered({ nonce: undefined }) },
  { name: 'a service by its name', signed: serviceOffered({ service: 'potluck' }) },
  { name: 'a key of small order', signed: serviceOffered({ by: toBase64Url(new Uint8Array(32)) }) },
  { name: 'a collection with a capital', signed: serviceOffered({ collection: 'Dishes' }) },
  { name: 'an op that is neither put nor remove', signed: serviceOffered({ op: 'erase' } as object) },
  { name: 'an owner that is none', signed: serviceOffered({ owner: 'ada' }) },
  { name: 'a key that is none', signed: serviceOffered({ key: '../self' }) },
  { name: 'a body of 16 bytes', signed: serviceOffered({ body: short('body') }) },
  { name: 'a nonce of 32 bytes', signed: serviceOffered({ nonce: long('nonce') }) },
  { name: 'an expiry with a fraction', signed: serviceOffered({ expiry: NOON + 0.5 }) },
  { name: 'two signatures', signed: { ...serviceOffered(), signatures: [...serviceOffered().signatures, ...serviceOffered().signatures] } },
  { name: 'signed by another key than it names', signed: serviceOffered({}, 'service 2') },
  { name: 'changed after signing', signed: { ...serviceOffered(), statement: { ...serviceOffered().statement, nonce: short('another nonce') } } },
  { name: 'a put under the key of a persona', signed: serviceOffered({ key: `${idOf('ben')}/${short('his dish')}` }) },
  { name: 'a put under the key of another service', signed: serviceOffered({ key: `${long('another service')}/${short('soup')}` }) },
  { name: 'a put without a body', signed: serviceOffered({ body: undefined }) },
  { name: 'a remove with a body', signed: serviceOffered({ op: 'remove' }) },
  { name: 'for another owner', signed: serviceOffered(), owner: idOf('ben') },
  { name: 'of another service than asked', signed: serviceOffered(), service: long('another service') },
  { name: 'for another collection', signed: serviceOffered(), collection: 'profile' },
  { name: 'a key that was replaced', signed: serviceOffered(), by: key('service 2') },
  { name: 'a key that does not bind yet', signed: serviceOffered({ by: key('service 2') }, 'service 2') },
  { name: 'expired', signed: serviceOffered(), now: NOON + 86_400_001 },
  { name: 'good for more than eight days', signed: serviceOffered({ expiry: NOON + 8 * 86_400_000 + 1 }) },
];

/** Offers of services, as their owner checks them. */
export const serviceOffers = (): object => {
  const about = { service: POTLUCK, by: key('service 1'), owner: idOf('ada'), collection: 'dishes', now: NOON };
  const good = [
    { name: 'good', signed: serviceOffered() }, { name: 'in its last millisecond', signed: serviceOffered(), now: NOON + 86_400_000 }, { name: 'good for eight days', signed: serviceOffered({ expiry: NOON + 8 * 86_400_000 }) },
    { name: 'the one record of a collection', signed: serviceOffered({ key: 'self' }) }, { name: 'a record of its owner', signed: serviceOffered({ key: short('her dish') }) },
    { name: 'a link of its owner', signed: serviceOffered({ key: idOf('ben') }) }, { name: 'to remove what a persona added', signed: serviceRemoves(`${idOf('ben')}/${short('his dish')}`) },
    { name: 'by the key that followed', signed: serviceOffered({ by: key('service 2') }, 'service 2'), by: key('service 2') },
  ].map((one) => ({ ...about, ...one, hash: statementHash(suite, one.signed.statement) }));
  return { good, bad: cases().map((one) => ({ ...about, ...one })).map((one) => ({ ...one, code: codeOf(verifyServiceOffer(suite, one.signed, one)) })) };
};
