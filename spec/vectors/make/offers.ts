import { bodyHash, fromBase64Url, makeOffer, toBase64Url, type Json, type Lane, type LogEntry, type Offer, type Signed } from '../../../packages/core/index.ts';
import { makeLane, headOf, NOON, postsLane } from './lane.ts';
import { begin, grow, idOf } from './persona.ts';
import { key, long, seed, short, suite } from './tools.ts';

/** Ben's key log: a laptop, and a pod device that may write. */
export const ben = (): Signed[] =>
  grow([begin('ben')], 'ben laptop', { type: 'add-device', device: key('ben pod'), capabilities: ['write'] });

/** The body that Ben offers, and its salt. */
export const following: { body: Json; salt: string } = {
  body: { persona: idOf('ben'), relation: 'follower', createdAt: NOON }, salt: long('salt of following'),
};

/** Ben's offer to follow Ada, good until a day after noon, with changes. */
export function offered(changed: Partial<Offer> = {}, by = 'ben pod'): Signed<Offer> {
  const body = toBase64Url(bodyHash(suite, fromBase64Url(following.salt)!, following.body));
  return makeOffer(suite, {
    author: idOf('ben'), device: key('ben pod'), owner: idOf('ada'), service: 'people', contract: long('people contract'),
    collection: 'followers', key: `${idOf('ben')}/${short('following')}`, op: 'put', base: null, body,
    expiry: NOON + 86_400_000, keyLogHead: headOf(ben()), ...changed,
  }, seed(by));
}

const followersLane = (): Omit<Lane, 'v' | 'type'> => ({
  ...postsLane(), service: 'people', collection: 'followers', audience: 'only-me', lane: short('followers lane'),
});

/** Ada's lane of followers, with Ben's record as he offered it. */
export function adaFollowers(offer: Signed<Offer> = offered(), contract = long('people contract')): { announcement: Signed<Lane>; entries: LogEntry[] } {
  const { author, key: recordKey, op } = offer.statement;
  const content = op === 'put' ? following : {};
  return makeLane({ ...followersLane(), contract }, 'ada pod', [{ key: recordKey, op, ...content, author, offer }], [1]);
}
