import {
  makeOffer, signJoined, statementHash, verifyJoined, verifyKeyLog, verifyLane, verifyLog, verifyOffer, verifyPresent, announceLane, signPresent,
  type Joined, type KeyLogState, type Lane, type LogEntry, type Op, type Present, type Signed,
} from '../../../packages/core/index.ts';
import { codeOf } from './code.ts';
import { adaPosts, headOf, NOON, postsLane } from './lane.ts';
import { badLogEntries } from './log-bad.ts';
import { adaFollowers, ben, offered } from './offers.ts';
import { ada, adaLater, adaMoved, grow, idOf } from './persona.ts';
import { adaDishes } from './service-offers.ts';
import { key, long, seed, short, suite, without } from './tools.ts';

/** The state of a key log that is known to be good. */
export function stateOf(log: readonly Signed[]): KeyLogState {
  const state = verifyKeyLog(suite, log);
  if (!state.ok) throw new TypeError(state.code);
  return state.value;
}

interface Case { name: string; signed: unknown; keyLog: Signed[] }

const lane = (changed: Partial<Lane> = {}, by = 'ada pod'): Signed<Lane> => announceLane(suite, { ...postsLane(), ...changed }, seed(by));

/** A key that is none: one signature fits many messages. */
const NEUTRAL = `AQ${'A'.repeat(41)}`;

const commonBad = (good: Signed<object>, sign: (changed: object, by?: string) => Signed<object>): Case[] => [
  { name: 'not an object', signed: 'lane', keyLog: ada() },
  { name: 'no signature list', signed: without(good, 'signatures'), keyLog: ada() },
  { name: 'one more field', signed: sign({ note: 'x' }), keyLog: ada() },
  { name: 'version 2', signed: sign({ v: 2 }), keyLog: ada() },
  { name: 'another type', signed: sign({ type: 'offer' }), keyLog: ada() },
  { name: 'a service with a space', signed: sign({ service: 'micro blog' }), keyLog: ada() },
  { name: 'no key log head', signed: { ...good, statement: without(good.statement, 'keyLogHead') }, keyLog: ada() },
  { name: 'a persona that is none', signed: sign({ persona: 'ada' }), keyLog: ada() },
  { name: 'a device of small order', signed: sign({ device: NEUTRAL }), keyLog: ada() },
  { name: 'a key log head of 16 bytes', signed: sign({ keyLogHead: short('head') }), keyLog: ada() },
  { name: 'two signatures', signed: { ...good, signatures: [...good.signatures, ...good.signatures] }, keyLog: ada() },
  { name: 'changed after signing', signed: { ...good, statement: { ...good.statement, contract: long('another contract') } }, keyLog: ada() },
  { name: 'signed by another device than it names', signed: sign({}, 'ada laptop'), keyLog: ada() },
  { name: 'by a foreign device', signed: sign({ device: key('ben pod') }, 'ben pod'), keyLog: ada() },
  { name: 'of another persona', signed: sign({ persona: idOf('ben') }), keyLog: ada() },
  { name: 'at a head that the key log never had', signed: sign({ keyLogHead: long('head') }), keyLog: ada() },
  { name: 'at a head before the device was added', signed: sign({ keyLogHead: headOf(ada().slice(0, 1)) }), keyLog: ada() },
  { name: 'by a device that was revoked then', signed: sign({ keyLogHead: headOf(adaMoved()) }), keyLog: adaMoved() },
  { name: 'by a device that may not write', signed: sign({ device: key('ada tablet'), keyLogHead: headOf(tablet()) }, 'ada tablet'), keyLog: tablet() },
];

const tablet = (): Signed[] => grow(ada(), 'ada laptop', { type: 'add-device', device: key('ada tablet'), capabilities: ['e2ee'] });

/** Lane announcements. */
export const lanes = (): object => ({
  good: [
    { name: 'for the house', signed: lane(), keyLog: ada() },
    { name: 'for everyone', signed: lane({ audience: 'everyone' }), keyLog: ada() },
    { name: 'by a laptop that may write', signed: lane({ device: key('ada laptop') }, 'ada laptop'), keyLog: ada() },
    { name: 'from before the device was revoked', signed: lane({ device: key('ada laptop') }, 'ada laptop'), keyLog: adaLater() },
  ],
  bad: [
    ...commonBad(lane(), (changed, by) => lane(changed, by)),
    { name: 'for a house without a name', signed: lane({ audience: 'house' }), keyLog: ada() },
    { name: 'a contract of 16 bytes', signed: lane({ contract: short('contract') }), keyLog: ada() },
    { name: 'a collection with a capital', signed: lane({ collection: 'Posts' }), keyLog: ada() },
    { name: 'a lane of 32 bytes', signed: lane({ lane: long('lane') }), keyLog: ada() },
  ].map((bad) => ({ ...bad, code: codeOf(verifyLane(suite, bad.signed, stateOf(bad.keyLog))) })),
});

const join = (changed: Partial<Joined> = {}, by = 'ada pod'): Signed<Joined> => {
  const { persona, device, service, contract, keyLogHead } = postsLane();
  return signJoined(suite, { persona, device, service, contract, keyLogHead, ...changed }, seed(by));
};

/** Joined statements. */
export const joined = (): object => ({
  good: [{ name: 'joined', signed: join(), keyLog: ada() }],
  bad: commonBad(join(), (changed, by) => join(changed, by))
    .map((bad) => ({ ...bad, code: codeOf(verifyJoined(suite, bad.signed, stateOf(bad.keyLog))) })),
});

const CHALLENGE = long('challenge');
const here = (changed: Partial<Present> = {}, by = 'ada pod'): Signed<Present> => {
  const { persona, device, service, keyLogHead } = postsLane();
  return signPresent(suite, { persona, device, service, challenge: CHALLENGE, keyLogHead, ...changed }, seed(by));
};

/** Answers to a service that asks who is there. */
export const presents = (): object => {
  const of = { service: postsLane().service, challenge: CHALLENGE };
  const bad: Case[] = [
    ...commonBad(here(), (changed, by) => here(changed, by)).filter(({ name }) => name !== 'changed after signing'),
    { name: 'changed after signing', signed: { ...here(), statement: { ...here().statement, challenge: long('another challenge') } }, keyLog: ada() },
    { name: 'of another challenge', signed: here({ challenge: long('another challenge') }), keyLog: ada() },
    { name: 'a challenge of 16 bytes', signed: here({ challenge: short('challenge') }), keyLog: ada() },
    { name: 'for another service', signed: here({ service: 'people' }), keyLog: ada() },
    { name: 'a joined statement', signed: join(), keyLog: ada() },
    { name: 'from before the last statement', signed: here(), keyLog: adaLater() },
  ];
  return {
    good: [{ name: 'present', signed: here(), keyLog: ada(), ...of }, { name: 'by a laptop that may write', signed: here({ device: key('ada laptop') }, 'ada laptop'), keyLog: ada(), ...of }],
    bad: bad.map((one) => ({ ...one, ...of, code: codeOf(verifyPresent(suite, one.signed, { ...of, keyLog: stateOf(one.keyLog) })) })),
  };
};

const offerCases = (): { name: string; signed: unknown; owner?: string; now?: number; keyLog?: Signed[] }[] => [
  { name: 'for another owner', signed: offered(), owner: idOf('house') },
  { name: 'expired', signed: offered(), now: NOON + 86_400_001 },
  { name: 'a key without the author', signed: offered({ key: offered().statement.key.slice(54) }) },
  { name: "another author's key", signed: offered({ key: `${idOf('ada')}/${offered().statement.key.slice(54)}` }) },
  { name: 'a put without a body', signed: withoutBody('put') },
  { name: 'a remove with a body', signed: offered({ op: 'remove', base: long('base') }) },
  { name: 'an author that is none', signed: offered({ author: 'ben' }) },
  { name: 'an owner that is none', signed: offered({ owner: 'ada' }) },
  { name: 'a service with a space', signed: offered({ service: 'pe ople' }) },
  { name: 'a contract of 16 bytes', signed: offered({ contract: short('contract') }) },
  { name: 'a collection with a capital', signed: offered({ collection: 'Followers' }) },
  { name: 'a key that is none', signed: offered({ key: '../self' }) },
  { name: 'an op that is neither put nor remove', signed: offered({ op: 'move' as Op }) },
  { name: 'a base of 16 bytes', signed: offered({ base: short('base') }) },
  { name: 'a body of 16 bytes', signed: offered({ body: short('body') }) },
  { name: 'an expiry before 1970', signed: offered({ expiry: -1 }) },
  { name: 'a key log head of 16 bytes', signed: offered({ keyLogHead: short('head') }) },
  { name: 'an expiry with a fraction', signed: offered({ expiry: NOON + 0.5 }) },
  { name: 'changed after signing', signed: { ...offered(), statement: { ...offered().statement, expiry: NOON + 99_999_999 } } },
  { name: 'by a foreign device', signed: offered({ device: key('ada pod') }, 'ada pod') },
  { name: 'a lane where an offer belongs', signed: lane() },
];

/** Offers, as their owner checks them. */
export const offers = (): object => {
  const about = { owner: idOf('ada'), now: NOON, keyLog: ben() };
  const good = [
    { name: 'good', signed: offered(), ...about }, { name: 'in its last millisecond', signed: offered(), ...about, now: NOON + 86_400_000 },
    { name: 'an offer to remove', signed: withoutBody('remove'), ...about },
  ].map((o) => ({ ...o, hash: statementHash(suite, o.signed.statement) }));
  const bad = offerCases().map((c) => ({ ...about, ...c }))
    .map((c) => ({ ...c, code: codeOf(verifyOffer(suite, c.signed, { ...c, keyLog: stateOf(c.keyLog) })) }));
  return { good, bad };
};

const withoutBody = (op: Op): Signed<object> => {
  const { v: _, type: __, body: ___, ...fields } = offered({ op, base: op === 'put' ? null : long('base') }).statement;
  return makeOffer(suite, fields, seed('ben pod'));
};

/** Whole lanes. */
export const logs = (): object => {
  const good: { name: string; announcement: Signed<Lane>; entries: LogEntry[] }[] = [
    { name: 'superseded, removed and erased records', ...adaPosts() },
    { name: 'a record that somebody else added', ...adaFollowers() },
    { name: 'records that the service itself added, changed and removed', ...adaDishes() },
    { name: 'an empty lane', announcement: adaPosts().announcement, entries: [] },
  ];
  return {
    good: good.map((of) => {
      const result = verifyLog(suite, { ...of, keyLog: stateOf(ada()) });
      if (!result.ok) throw new TypeError(`${of.name}: ${result.code} ${result.at}`);
      const { lane: _, ...summary } = result.value;
      return { ...of, keyLog: ada(), summary };
    }),
    bad: badLogEntries().map((of) => ({ keyLog: ada(), ...of }))
      .map((of) => ({ ...of, code: codeOf(verifyLog(suite, { ...of, keyLog: stateOf(of.keyLog) })) })),
  };
};
