import {
  chainNext, chainStart, clockNext, fromBase64Url, headBytes, toBase64Url, type Lane, type LogEntry, type Signed,
} from '../../../packages/core/index.ts';
import { adaPosts, headOf, makeLane, NOON, post, postsLane } from './lane.ts';
import { adaFollowers, offered } from './offers.ts';
import { ada, grow, idOf } from './persona.ts';
import { badServiceLogs } from './service-offers.ts';
import { copy, key, long, seed, short, suite } from './tools.ts';

interface BadLog { name: string; announcement: Signed<Lane>; entries: LogEntry[]; keyLog?: Signed[] }

const change = (name: string, edit: (entries: LogEntry[]) => void): BadLog => {
  const { announcement, entries } = copy(adaPosts());
  edit(entries);
  return { name, announcement, entries };
};
const field = (name: string, seq: number, changed: Partial<LogEntry>): BadLog =>
  change(name, (entries) => { Object.assign(entries[seq - 1]!, changed); });
const drop = (name: string, seq: number, ...fields: (keyof LogEntry)[]): BadLog =>
  change(name, (entries) => { for (const f of fields) delete entries[seq - 1]![f]; });
const second = (): LogEntry => adaPosts().entries[1]!;

const chains = (): BadLog[] => [
  change('a record missing from the middle', (e) => { e.splice(1, 1); }),
  change('a record twice', (e) => { e.splice(1, 0, e[1]!); }),
  change('two records exchanged', (e) => { [e[3], e[4]] = [e[4]!, e[3]!]; }),
  change('the last record cut off', (e) => { e.pop(); }),
  field('an erased record with another id', 1, { id: long('another id') }),
  field('an id that is not the hash of the envelope', 2, { id: long('another id') }),
  field('an id that is too short', 1, { id: short('id') }),
  field('an erased record that kept its body', 1, { body: {} }),
  field('a number with a fraction', 1, { seq: 1.5 }),
];

const heads = (): BadLog[] => [
  field('a wrong head signature', 5, { sig: second().sig! }),
  field('a head signature in the middle that is wrong', 2, { sig: adaPosts().entries[4]!.sig! }),
  drop('no signature at the end', 5, 'sig', 'head'),
  drop('a signature without its key log head', 5, 'head'),
  drop('a key log head without signature', 5, 'sig'),
  field('a signature of 16 bytes', 5, { sig: short('sig') }),
  field('a key log head that never was', 5, { head: long('head') }),
  backwards(),
  { name: 'a signature at a head where the device was not yet', ...signedAt(headOf(ada().slice(0, 1))) },
  { name: 'a signature at a head where the device was revoked', ...signedAt(headOf(revoked())), keyLog: revoked() },
];

const revoked = (): Signed[] => grow(ada(), 'ada laptop', { type: 'revoke-device', device: key('ada pod') });

/** One post, signed at another key log head than the announcement's. */
function signedAt(head: string): { announcement: Signed<Lane>; entries: LogEntry[] } {
  const of = postsLane();
  const { announcement, entries } = makeLane(of, 'ada pod', [post('post A', 'Hello')], [1]);
  const [device, lane, keyLogHead, id] = [of.device, of.lane, head, entries[0]!.id].map((t) => fromBase64Url(t)!) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const chain = chainNext(suite, chainStart(suite, of.persona, device, lane), id);
  const sig = toBase64Url(suite.sign(seed('ada pod'), headBytes({ persona: of.persona, device, service: of.service, lane, seq: 1, chain, keyLogHead })));
  return { announcement, entries: [{ ...entries[0]!, sig, head }] };
}

function backwards(): BadLog {
  const keyLog = grow(ada(), 'ada laptop', { type: 'revoke-device', device: key('ada laptop') });
  const announcement = makeLane({ ...postsLane(), keyLogHead: headOf(keyLog) }, 'ada pod', [], []).announcement;
  return { name: 'a signature at an older key log than before it', announcement, entries: signedAt(headOf(ada())).entries, keyLog };
}

const of = (name: string, ...drafts: Parameters<typeof makeLane>[2]): BadLog =>
  ({ name, ...makeLane(postsLane(), 'ada pod', drafts, [drafts.length]) });

const contents = (): BadLog[] => [
  field('a body that was changed', 2, { body: { text: 'Rehearsal at nine.', createdAt: NOON } }),
  field('a body that has no canonical form', 2, { body: { text: '\ud800' } }),
  field('another salt', 2, { salt: long('another salt') }),
  field('a salt of 16 bytes', 2, { salt: short('salt') }),
  drop('a put without its salt', 2, 'salt'),
  drop('a put without its body', 2, 'body', 'salt'),
  field('a remove with a body', 4, { body: { text: 'still here' } }),
  field('an envelope that is not canonical', 2, { envelope: second().envelope!.replace(',', ', ') }),
  field('the envelope of another record', 2, { envelope: adaPosts().entries[4]!.envelope! }),
  of('a record of another lane', post('post A', 'x', { changed: { lane: short('another lane') } })),
  of('a record of another collection', post('post A', 'x', { changed: { collection: 'drafts' } })),
  of('a record of another persona', post('post A', 'x', { changed: { persona: idOf('ben') } })),
  of('a record by another device', post('post A', 'x', { changed: { device: key('ada laptop') } })),
  of('an envelope with another number', post('post A', 'x', { changed: { seq: 2 } })),
  of('a record that is not later than the one before', post('post A', 'x'), post('post B', 'y', { at: clockNext('', NOON) })),
];

const offersInside = (): BadLog[] => [
  { name: 'an offer that is missing', ...without(adaFollowers()) },
  field('an offer where nobody offered', 2, { offer: offered() }),
  { name: 'an offer that had expired', ...adaFollowers(offered({ expiry: NOON - 1 })) },
  { name: 'an offer for another owner', ...adaFollowers(offered({ owner: idOf('house') })) },
  { name: 'an offer for another contract', ...adaFollowers(offered({ contract: long('another contract') })) },
  { name: 'an offer whose signature was changed', ...adaFollowers({ ...offered(), signatures: [long('a') + long('b')] }) },
  { name: 'an offer that is not the one in the envelope', ...exchanged() },
];

function without({ announcement, entries }: ReturnType<typeof adaFollowers>): { announcement: Signed<Lane>; entries: LogEntry[] } {
  return { announcement, entries: entries.map(({ offer: _, ...rest }) => rest) };
}

function exchanged(): { announcement: Signed<Lane>; entries: LogEntry[] } {
  const { announcement, entries } = adaFollowers();
  return { announcement, entries: [{ ...entries[0]!, offer: offered({ expiry: NOON + 5000 }) }] };
}

/** Lanes that must be refused. */
export const badLogEntries = (): BadLog[] => [
  ...chains(), ...heads(), ...contents(), ...offersInside(), ...badServiceLogs(),
  { name: 'announced by a foreign device', announcement: makeLane({ ...postsLane(), device: key('ben pod') }, 'ben pod', [], []).announcement, entries: [] },
  { name: 'an announcement by another device than the records', announcement: makeLane({ ...postsLane(), device: key('ada laptop') }, 'ada laptop', [], []).announcement, entries: adaPosts().entries },
];

