import {
  chainNext, chainStart, closeLane, fromBase64Url, toBase64Url, verifyClosedLog, verifyLaneClose,
  type ClosedLane, type Held, type Lane, type LaneClose, type LogEntry, type Signed,
} from '../../../packages/core/index.ts';
import { codeOf } from './code.ts';
import { adaPosts, headOf, makeLane, post, postsLane } from './lane.ts';
import { ada, adaMovedByPhone, grow, idOf } from './persona.ts';
import { stateOf } from './record-signed.ts';
import { key, long, seed, short, suite } from './tools.ts';

/** Ada's log after her laptop revoked the house's pod device, and one statement more. */
const revoked = (): Signed[] => grow(ada(), 'ada laptop', { type: 'revoke-device', device: key('ada pod') });
const later = (): Signed[] => grow(revoked(), 'ada laptop', { type: 'add-device', device: key('ada phone'), capabilities: ['manage', 'write'] });

function chainOf(entries: readonly LogEntry[], seq: number): string {
  const { persona, device, lane } = postsLane();
  const start = chainStart(suite, persona, fromBase64Url(device)!, fromBase64Url(lane)!);
  return toBase64Url(entries.slice(0, seq).reduce((chain, { id }) => chainNext(suite, chain, fromBase64Url(id)!), start));
}

const closed = (seq: number, changed: Partial<LaneClose> = {}, by = 'ada laptop', entries = adaPosts().entries): Signed<LaneClose> => {
  const { persona, device, lane } = postsLane();
  const of = { persona, device, lane, seq, chain: chainOf(entries, seq), by: key(by), keyLogHead: headOf(revoked()), ...changed };
  return closeLane(suite, of, seed(by));
};
const held = (seq: number, entries = adaPosts().entries): Held => ({ seq, chain: chainOf(entries, seq) });

/** What the revoked device wrote instead, under the old head: a second history of the same lane. */
const other = (): { announcement: Signed<Lane>; entries: LogEntry[] } =>
  makeLane(postsLane(), 'ada pod', [post('post A', 'Hello'), post('post B', 'I never said this')], [1, 2]);
const cut = (length: number): { announcement: Signed<Lane>; entries: LogEntry[] } =>
  ({ ...adaPosts(), entries: adaPosts().entries.slice(0, length) });

interface LaneCase extends Omit<ClosedLane, 'keyLog'> { name: string; keyLog: Signed[]; entries: LogEntry[] }

const judged = (): LaneCase[] => [
  { name: 'a device that was never revoked', keyLog: ada(), ...adaPosts() },
  { name: 'a lane closed at its end', keyLog: revoked(), ...adaPosts(), close: closed(5) },
  { name: 'a close as it stands in a longer key log', keyLog: later(), ...adaPosts(), close: closed(5) },
  { name: 'records beyond the lane-close are set aside, though they were seen before', keyLog: revoked(), ...adaPosts(), close: closed(2), held: held(5) },
  { name: 'a lane closed at its beginning', keyLog: revoked(), ...adaPosts(), close: closed(0) },
  { name: "a revoked device's backdated records: no lane-close, nothing seen before", keyLog: revoked(), ...adaPosts() },
  { name: "a revoked device's backdated records: no lane-close, two seen before", keyLog: revoked(), ...adaPosts(), held: held(2) },
  { name: 'no lane-close, all seen before', keyLog: revoked(), ...adaPosts(), held: held(5) },
  { name: 'a second history of a lane that was held', keyLog: revoked(), ...other(), held: held(2) },
  { name: 'a second history of a lane that was closed', keyLog: revoked(), ...other(), close: closed(2) },
  { name: 'more was held than is shown', keyLog: revoked(), ...cut(2), held: held(5) },
  { name: 'the closed lane has not come whole yet: nothing was seen before', keyLog: revoked(), ...cut(2), close: closed(5) },
  { name: 'the closed lane has not come whole yet: two were seen before', keyLog: revoked(), ...cut(2), close: closed(5), held: held(2) },
  { name: 'an empty lane of a revoked device', keyLog: revoked(), ...cut(0), close: closed(0) },
  { name: 'a move that was reverted: the close of the time between says nothing', ...afterRevert() },
];

function afterRevert(): Omit<LaneCase, 'name'> {
  const moved = adaMovedByPhone();
  const close = closed(2, { by: key('ada phone'), keyLogHead: headOf(moved) }, 'ada phone');
  return { keyLog: grow(moved, 'ada recovery 2', { type: 'revert-home' }), ...adaPosts(), close };
}

const bad = (): LaneCase[] => [
  { name: 'a lane-close of another lane', keyLog: revoked(), ...adaPosts(), close: closed(2, { lane: short('another lane') }) },
  { name: 'a lane-close by a stranger', keyLog: revoked(), ...adaPosts(), close: closed(2, {}, 'mallory') },
  { name: 'a record that was changed', keyLog: revoked(), announcement: adaPosts().announcement, entries: adaPosts().entries.slice(1), close: closed(2) },
];

const NEUTRAL = toBase64Url(Uint8Array.from([1, ...Array<number>(31).fill(0)]));

const badCloses = (): { name: string; signed: unknown; keyLog: Signed[] }[] => [
  { name: 'a number below 0', signed: closed(0, { seq: -1 }) },
  { name: 'signed by the revoked device itself', signed: closed(2, { by: key('ada laptop') }, 'ada pod') },
  { name: 'of another persona', signed: closed(2, { persona: idOf('ben') }) },
  { name: 'of a device that never was', signed: closed(2, { device: key('ben pod') }) },
  { name: 'of a device that is not revoked', signed: closed(2, { device: key('ada laptop') }) },
  { name: 'at another head than the revocation', signed: closed(2, { keyLogHead: headOf(later()) }), keyLog: later() },
  { name: 'at a head that the key log never had', signed: closed(2, { keyLogHead: long('head') }) },
  { name: 'by recovery, where the laptop revoked', signed: closed(2, {}, 'ada recovery') },
  { name: 'a list', signed: [closed(2)] },
  { name: 'without signatures', signed: { statement: closed(2).statement } },
  { name: 'version 2', signed: closed(2, { v: 2 } as object) },
  { name: 'a persona that is none', signed: closed(2, { persona: 'ada' }) },
  { name: 'a device of small order', signed: closed(2, { device: NEUTRAL }) },
  { name: 'a lane of 32 bytes', signed: closed(2, { lane: long('lane') }) },
  { name: 'a chain of 16 bytes', signed: closed(2, { chain: short('chain') }) },
  { name: 'a signer of small order', signed: closed(2, { by: NEUTRAL }) },
  { name: 'a key log head of 16 bytes', signed: closed(2, { keyLogHead: short('head') }) },
  { name: 'with one more field', signed: closed(2, { note: 'x' } as object) },
  { name: 'changed after signing', signed: { ...closed(2), statement: { ...closed(2).statement, seq: 3 } } },
  { name: 'a lane where a close belongs', signed: adaPosts().announcement },
].map((of) => ({ keyLog: revoked(), ...of }));

/** Lane-closes, and lanes of revoked devices with what counts in them. */
export const closes = (): object => ({
  good: [{ name: 'by the laptop that revoked', signed: closed(2), keyLog: revoked() }, { name: 'of nothing', signed: closed(0), keyLog: later() }],
  bad: badCloses().map((of) => ({ ...of, code: codeOf(verifyLaneClose(suite, of.signed, stateOf(of.keyLog))) })),
  lanes: judged().map((of) => {
    const verdict = verifyClosedLog(suite, { ...of, keyLog: stateOf(of.keyLog) });
    if (!verdict.ok) throw new TypeError(`${of.name}: ${verdict.code}`);
    const { lane: _, ...rest } = verdict.value;
    return { ...of, verdict: rest };
  }),
  badLanes: bad().map((of) => ({ ...of, code: codeOf(verifyClosedLog(suite, { ...of, keyLog: stateOf(of.keyLog) })) })),
});
