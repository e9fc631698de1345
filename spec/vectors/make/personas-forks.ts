import type { Signed } from '../../../packages/core/index.ts';
import { headOf } from './lane.ts';
import { ada, adaLater, begin, grow, HOUSE } from './persona.ts';
import { adding, byLastHash, DAY, made, revoking, rotating, T0, two, type Case } from './personas-tools.ts';
import { long } from './tools.ts';

const NOW = T0 + 30 * DAY;
const byPhone = (): Signed[] => grow(two(), 'ada phone', adding('ada tablet'));
const byLaptop = (): Signed[] => grow(two(), 'ada laptop', adding('ada watch'));
const byWords = (): Signed[] => grow(two(), 'ada recovery', revoking('ada phone'));
const byWordsToo = (): Signed[] => grow(two(), 'ada recovery', adding('ada car'));

const stale = (): Case[] => [
  made('a stale key log alone is good as far as it goes', NOW, [T0, ada()]),
  made('a stale key log beside a longer one takes nothing back', NOW, [T0, adaLater()], [T0 + DAY, ada()]),
  made('a device with a stale key log writes on: the older device wins', NOW,
    [T0, grow(two(), 'ada phone', revoking('ada pod'))], [T0 + DAY, byLaptop()]),
];

/** Seven statements by the phone. */
function longBranch(): Signed[] {
  let log = byPhone();
  for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) log = grow(log, 'ada phone', adding(`hostile ${name}`));
  return log;
}

const devices = (): Case[] => {
  const [low, high] = byLastHash(headOf, byLaptop(), grow(two(), 'ada laptop', adding('ada radio')));
  const three = grow(two(), 'ada laptop', adding('ada tablet'));
  return [
    made('device against device: the older device wins, though seen later', NOW, [T0, byPhone()], [T0 + DAY, byLaptop()]),
    made('the same device twice: the lower hash wins, though seen later', NOW, [T0, high], [T0 + DAY, low]),
    made('three devices: the oldest wins', NOW, [T0, grow(three, 'ada tablet', revoking('ada pod'))],
      [T0, grow(three, 'ada phone', revoking('ada pod'))], [T0, grow(three, 'ada laptop', revoking('ada pod'))]),
    made('a longer hostile branch changes nothing', NOW, [T0, longBranch()], [T0 + DAY, byLaptop()]),
  ];
};

const recovery = (): Case[] => {
  const [low, high] = byLastHash(headOf, byWords(), byWordsToo());
  return [
    made('recovery beats a device, though seen later', NOW, [T0, byLaptop()], [T0 + DAY, byWords()]),
    made('recovery beats a longer branch that was built on a device', NOW, [T0, longBranch()], [T0 + DAY, byWords()]),
    made('recovery beats a device, though it had signed something else upon what the device says', NOW,
      [T0, grow(byPhone(), 'ada recovery', adding('ada watch'))], [T0 + DAY, byWords()]),
    made('a fork is decided at its first height: recovery further up does not help', NOW,
      [T0, grow(byPhone(), 'ada recovery', adding('ada watch'))], [T0, byLaptop()]),
    made('equivocation: the first seen is pinned', NOW, [T0, byWords()], [T0 + DAY, byWordsToo()]),
    made('equivocation: another verifier saw the other first', NOW, [T0, byWordsToo()], [T0 + DAY, byWords()]),
    made('equivocation seen at one moment: the lower hash', NOW, [T0, high], [T0, low]),
    made('equivocation among three, one of them never seen before', T0 + 9 * DAY, [T0 + 9 * DAY, byWords()], [T0 + DAY, byWordsToo()],
      [T0 + 3 * DAY, grow(two(), 'ada recovery', adding('ada boat'))], [T0 + 2 * DAY, byLaptop()]),
    made('an equivocation on a losing branch alarms nobody', NOW, [T0, byLaptop()],
      [T0, grow(byPhone(), 'ada recovery', adding('ada car'))], [T0, grow(byPhone(), 'ada recovery', adding('ada boat'))]),
  ];
};

const R = 'ada recovery', R2 = 'ada recovery 2';
const rotated = (): Signed[] => grow(grow(byLaptop(), R, rotating(R2)), R2, adding('ada boat'));

const rotation = (): Case[] => [
  made('a rotated-out recovery key signs after its rotation', NOW, [T0, rotated()], [T0 + DAY, grow(rotated(), R, revoking('ada laptop'))]),
  made('a rotated-out recovery key signs at its rotation', NOW, [T0, rotated()], [T0 + DAY, grow(byLaptop(), R, revoking('ada laptop'))]),
  made('a rotated-out recovery key signs at its rotation, seen at the same moment', NOW, [T0, rotated()], [T0, grow(byLaptop(), R, revoking('ada laptop'))]),
  made('a rotated-out recovery key rotates again at its rotation', NOW, [T0, rotated()], [T0 + DAY, grow(byLaptop(), R, rotating('mallory'))]),
  made('a rotated-out recovery key signs before its rotation, never seen', NOW, [T0, rotated()], [T0 + DAY, grow(byWords(), R, adding('mallory'))]),
  made('a rotated-out recovery key signs before its rotation, seen at the same moment', NOW, [T0, rotated()], [T0, byWords()]),
  made('a rotated-out recovery key signs before its rotation and rotates there, too', NOW, [T0, rotated()], [T0 + DAY, grow(byWords(), R, rotating('mallory'))]),
  made('a rotated-out recovery key signs beside its rotation, seen at the same moment, with a lower hash', NOW, ...rivalOfRotation().map((log): [number, Signed[]] => [T0, log])),
  made('what the recovery key signed counts if it was seen before the rotation', NOW, [T0, byWords()], [T0 + DAY, rotated()]),
  made('what the recovery key signed at its rotation stays if it was seen before', NOW, [T0, byWordsToo()],
    [T0 + DAY, grow(grow(two(), R, rotating(R2)), R2, adding('ada boat'))]),
];

/** A statement by the old words of which nobody can say that it came before their rotation, and whose hash would win. */
function rivalOfRotation(): [Signed[], Signed[]] {
  const rotation = grow(two(), R, rotating(R2));
  for (let n = 0; ; n++) {
    const rival = grow(two(), R, adding(`rival ${n}`));
    if (headOf(rival) < headOf(rotation)) return [rotation, rival];
  }
}

const retired = (): Signed[] => grow(byLaptop(), R, { type: 'retire' });
const putOut = (): Case[] => [
  made('after retirement nothing follows', NOW, [T0, retired()], [T0 + DAY, grow(retired(), R, adding('mallory'))]),
  made('retirement cannot be undone from before: not by recovery, not by a device', NOW,
    [T0, retired()], [T0 + DAY, byWords()], [T0 + DAY, grow(ada(), R, adding('mallory'))], [T0 + DAY, grow(ada(), 'ada laptop', adding('mallory'))]),
  made('what was seen before the retirement counts', NOW, [T0, byWords()], [T0 + DAY, retired()]),
  made('a device cannot retire the persona', NOW, [T0, ada()], [T0, grow(ada(), 'ada laptop', { type: 'retire' })]),
  made('a device cannot rotate the recovery key', NOW, [T0, ada()], [T0, grow(ada(), 'ada laptop', rotating('mallory'))]),
  made('a device that recovery puts out upon its own statement: the statement stands', NOW, [T0, grow(byLaptop(), R, revoking('ada laptop'))], [T0, byPhone()]),
  made('two devices put out by recovery, each on the branch of the other: the first seen', NOW,
    [T0, [...two(), ...grow(byLaptop(), R, revoking('ada phone')).slice(-1), ...grow(byPhone(), R, revoking('ada laptop')).slice(-1)]],
    [T0 + 1, byPhone().slice(-1)], [T0 + 2, byLaptop().slice(-1)]),
  made('the same, all of it seen at one moment: the lower hash', NOW,
    [T0, grow(byLaptop(), R, revoking('ada phone'))], [T0, grow(byPhone(), R, revoking('ada laptop'))]),
];

const rubbish = (): Case[] => {
  const log = byLaptop();
  const last = log.at(-1)!;
  const forged: Signed = { ...last, signatures: [long('a') + long('b')] };
  const other: Signed = { ...grow(two(), 'ada laptop', adding('mallory')).at(-1)!, signatures: forged.signatures };
  return [
    { name: 'copies, strangers, forgeries and rubbish beside a good log, in any order', now: NOW, seen: [[T0, log]], statements: [
      { ...other, signatures: [] }, other, forged, ...[...log].reverse(), forged, 7, [], null, {}, { statement: {}, signatures: [] }, { statement: { v: 1 }, signatures: [] }, begin('ben'),
      ...grow([begin('ben')], 'ben laptop', { type: 'set-home', house: HOUSE }), ...log,
    ] },
    { name: 'a statement whose predecessor is missing', now: NOW, seen: [[T0, log]], statements: log.filter((_, i) => i !== 2) },
    { name: 'a height that does not follow', now: NOW, seen: [[T0, log]], statements: [...log, ...grow(log, 'ada laptop', adding('ada boat'), { height: 9 }).slice(-1)] },
    { name: 'what is built on a refused statement', now: NOW, seen: [[T0, log]], statements: [...log, ...grow(grow(log, 'ben laptop', adding('mallory')), 'mallory', adding('ada boat'))] },
  ];
};

/** Forks, rotations, retirement, rubbish. */
export const forks = (): Case[] => [...stale(), ...devices(), ...recovery(), ...rotation(), ...putOut(), ...rubbish()];

