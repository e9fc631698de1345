import {
  bodyHash, canonical, chainNext, chainStart, clockNext, envelopeText, fromBase64Url, headBytes, nextRev, Refusal,
  toBase64Url, type Json, type Op,
} from '../../../packages/core/index.ts';
import { closes } from './closes.ts';
import { envelopeOf, idOfEnvelope, NOON, post, postsLane, headOf } from './lane.ts';
import { lanes, joined, logs, offers, presents } from './record-signed.ts';
import { reports } from './reports.ts';
import { serviceOffers } from './service-offers.ts';
import { badEnvelopes } from './record-bad.ts';
import { held } from './held.ts';
import { versions } from './versions.ts';
import { adaFollowers } from './offers.ts';
import { ada, idOf } from './persona.ts';
import { hex, key, long, seed, short, suite } from './tools.ts';

const DAY = 86_400_000;
const TICKS: { name: string; last: string; now: number }[] = [
  { name: 'the first reading', last: '', now: NOON },
  { name: 'the first reading in 1970', last: '', now: 0 },
  { name: 'time went on', last: clockNext('', NOON).slice(0, 12) + '0007', now: NOON + 1 },
  { name: 'the same millisecond', last: clockNext('', NOON), now: NOON },
  { name: 'a fraction of a millisecond is dropped', last: clockNext('', NOON), now: NOON + 0.9 },
  { name: 'the clock is behind: counted on logically', last: clockNext('', NOON), now: NOON - 5000 },
  { name: 'the clock is behind by 24 hours exactly', last: clockNext('', NOON), now: NOON - DAY },
  { name: 'the counter overflows into the next millisecond', last: clockNext('', NOON).slice(0, 12) + 'ffff', now: NOON },
  { name: 'the last millisecond that can be written', last: '', now: 2 ** 48 - 1 },
  { name: 'the clock is behind by more than 24 hours', last: clockNext('', NOON), now: NOON - DAY - 1 },
  { name: 'a time before 1970', last: '', now: -1 },
  { name: 'a time beyond 48 bits', last: '', now: 2 ** 48 },
  { name: 'the counter overflows beyond 48 bits', last: 'f'.repeat(16), now: 2 ** 48 - 1 },
];

/** What a call gives, or the code of its Refusal. */
function outcome<K extends string>(name: K, call: () => unknown): object {
  try { return { [name]: call() }; } catch (error) {
    if (error instanceof Refusal) return { code: error.code };
    throw error;
  }
}

const BODIES: { body: Json; salt: string }[] = [
  { body: { text: 'Hello', createdAt: NOON }, salt: long('salt 1') }, { body: { createdAt: NOON, text: 'Hello' }, salt: long('salt 1') },
  { body: { text: 'Hello', createdAt: NOON }, salt: long('salt 2') }, { body: {}, salt: long('salt 1') }, { body: [1.5, null, '€'], salt: long('salt 1') },
];

const bodies = (): object[] => BODIES.map(({ body, salt }) =>
  ({ body, salt, canonical: canonical(body), hash: toBase64Url(bodyHash(suite, fromBase64Url(salt)!, body)) }));

function envelopes(): object[] {
  const of = postsLane();
  const at = clockNext('', NOON);
  const first = envelopeOf(of, 1, at, post('post A', 'Hello'));
  const second = envelopeOf(of, 2, clockNext(at, NOON), post('post A', 'Hello again', { rev: 2, base: idOfEnvelope(first) }));
  const removal = envelopeOf(of, 3, clockNext(at, NOON + 9), { key: short('post A'), op: 'remove', rev: 3, base: idOfEnvelope(second) });
  const profile = envelopeOf({ ...of, service: 'people', collection: 'profile' }, 1, at, post('x', 'x', { key: 'self' }));
  const link = envelopeOf({ ...of, service: long('a service'), collection: 'links' }, 1, at, post('x', 'x', { key: idOf('ben') }));
  const byBen = adaFollowers().entries[0]!.envelope!;
  return [
    { name: 'a new record', text: envelopeText(first) }, { name: 'a superseding put', text: envelopeText(second) },
    { name: 'a remove has no body', text: envelopeText(removal) }, { name: 'a single record', text: envelopeText(profile) },
    { name: 'a link, in a service named by a hash', text: envelopeText(link) }, { name: 'a record that somebody else added', text: byBen },
  ].map((e) => ({ ...e, id: idOfEnvelope(JSON.parse(e.text) as never) }));
}

function chain(): object {
  const device = fromBase64Url(key('ada pod'))!, lane = fromBase64Url(short('posts lane'))!;
  const ids = ['one', 'two', 'three'].map((name) => seed(name));
  const start = chainStart(suite, idOf('ada'), device, lane);
  const links = ids.reduce((all, id) => [...all, chainNext(suite, all.at(-1)!, id)], [start]).slice(1);
  const head = { persona: idOf('ada'), device, service: 'microblog', lane, seq: 3, chain: links[2]!, keyLogHead: fromBase64Url(headOf(ada()))! };
  return {
    persona: idOf('ada'), device: key('ada pod'), lane: short('posts lane'), service: 'microblog', start: toBase64Url(start),
    links: ids.map((id, i) => ({ id: toBase64Url(id), chain: toBase64Url(links[i]!) })),
    head: { seq: 3, keyLogHead: headOf(ada()), bytes: hex(headBytes(head)), seed: hex(seed('ada pod')), signature: toBase64Url(suite.sign(seed('ada pod'), headBytes(head))) },
  };
}

const REVS: { base: { rev: number; op: Op } | null; op: Op }[] = [
  { base: null, op: 'put' }, { base: { rev: 1, op: 'put' }, op: 'put' }, { base: { rev: 1, op: 'put' }, op: 'remove' },
  { base: { rev: 2, op: 'remove' }, op: 'put' }, { base: { rev: 1048576, op: 'put' }, op: 'remove' },
  { base: { rev: 1048577, op: 'remove' }, op: 'put' }, { base: { rev: 2, op: 'remove' }, op: 'remove' },
  { base: { rev: 1048573, op: 'put' }, op: 'put' }, { base: { rev: 1048574, op: 'put' }, op: 'put' },
  { base: { rev: 1048574, op: 'put' }, op: 'remove' }, { base: { rev: 1048575, op: 'remove' }, op: 'remove' }, { base: { rev: 1048575, op: 'remove' }, op: 'put' },
];

/** The clock, bodies, envelopes, chains, merge, lanes, joined statements, answers to services, offers of personas and of services, whole lanes and reports. */
export const record = (): object => ({
  about: 'spec/record.md. Bad cases carry the code of the refusal. merge.order: the versions from loser to winner, each beating all before it. merge.held: records of one key, in whatever order they come; which one holds the key, and which are kept beside it.',
  clock: TICKS.map((tick) => ({ ...tick, ...outcome('at', () => clockNext(tick.last, tick.now)) })),
  bodies: bodies(),
  envelopes: { good: envelopes(), bad: badEnvelopes() },
  chain: chain(),
  merge: { revs: REVS.map((rev) => ({ ...rev, ...outcome('rev', () => nextRev(rev.base, rev.op)) })), order: versions(), held: held() },
  ...named({ lanes: lanes(), joined: joined(), presents: presents(), offers: offers(), serviceOffers: serviceOffers(), logs: logs(), closes: closes(), reports: reports() }),
});

/** The groups with each different key log written once, under a name, in `keyLogs`. */
function named(groups: object): object {
  const names = new Map<string, string>();
  const nameOf = (log: unknown): string => {
    const text = JSON.stringify(log);
    const name = names.get(text) ?? `key log ${names.size + 1}`;
    names.set(text, name);
    return name;
  };
  const short: object = JSON.parse(JSON.stringify(groups, (field, value: unknown) => (field === 'keyLog' ? nameOf(value) : value)));
  return { keyLogs: Object.fromEntries([...names].map(([text, name]) => [name, JSON.parse(text) as unknown])), ...short };
}
