import type { Signed } from '../../../packages/core/index.ts';
import { ada, begin, grow, HOUSE, idOf, OTHER_HOUSE } from './persona.ts';
import { adding, addingPod, DAY, made, revoking, T0, two, type Case } from './personas-tools.ts';

const R = 'ada recovery';
const REVERT = { type: 'revert-home' } as const;
const moveTo = { type: 'set-home', house: OTHER_HOUSE } as const;
/** The pod device of the new house is added, before the move. */
const ready = (): Signed[] => grow(two(), 'ada phone', addingPod('ada new pod'));
/** The phone moves the pod. */
const moved = (by = 'ada phone'): Signed[] => grow(ready(), by, moveTo);
const last = (log: readonly Signed[]): Signed[] => log.slice(-1);
const reverted = (by = 'ada laptop'): Signed[] => grow(moved(), by, REVERT);

const windows = (): Case[] => {
  const more = grow(grow(moved(), 'ada phone', adding('mallory')), 'ada phone', revoking('ada laptop'));
  return [
    made('a move by a device takes effect at once and may be reverted for 7 days', T0 + DAY, [T0, moved()]),
    made('in the last millisecond of the 7 days it may still be', T0 + 7 * DAY - 1, [T0, moved()]),
    made('after 7 days the move stands', T0 + 7 * DAY, [T0, moved()]),
    { name: 'a verifier that sees the move only now counts from now', now: T0 + 400 * DAY, seen: [[T0, ready()]], statements: moved() },
    made('meanwhile devices may neither add nor revoke: it waits', T0 + 6 * DAY, [T0, moved()], [T0 + DAY, more]),
    made('what waited takes effect when the move stands', T0 + 7 * DAY, [T0, moved()], [T0 + DAY, more]),
    made('a second move waits for the first', T0 + 6 * DAY, [T0, moved()], [T0 + 5 * DAY, grow(moved(), 'ada laptop', { type: 'set-home', house: idOf('third house') })]),
    made('and then has 7 days of its own', T0 + 8 * DAY, [T0, moved()], [T0 + 5 * DAY, grow(moved(), 'ada laptop', { type: 'set-home', house: idOf('third house') })]),
    made('the first house of all is no move', T0, [T0, ada()]),
    made('recovery does not wait, and settles what it is built on', T0 + DAY, [T0, moved()], [T0 + DAY, grow(more, R, adding('ada boat'))]),
    made('a move right upon a statement by recovery waits all the same', T0 + DAY, [T0, grow(grow(ready(), R, adding('ada boat')), 'ada phone', moveTo)]),
    made('a move by recovery is final at once', T0 + DAY, [T0, moved(R)]),
  ];
};

const reverts = (): Case[] => [
  made('revert within the window: the old house is home, its pod device writes again', T0 + 7 * DAY - 1, [T0, moved()], [T0 + 7 * DAY - 1, last(reverted())]),
  made('after a revert within the window devices add and revoke at once', T0 + 2 * DAY, [T0, moved()],
    [T0 + DAY, grow(reverted(), 'ada laptop', revoking('ada phone'))]),
  made('a revert within the window stands for good', T0 + 90 * DAY, [T0, moved()], [T0 + DAY, last(reverted())]),
  made('revert after the window: the move stands', T0 + 8 * DAY, [T0, moved()], [T0 + 7 * DAY, last(reverted())]),
  made('revert after the window by recovery: too late as well', T0 + 8 * DAY, [T0, moved()], [T0 + 7 * DAY, last(reverted(R))]),
  made('after the window recovery sets the home anew', T0 + 8 * DAY, [T0, moved()], [T0 + 8 * DAY, grow(moved(), R, { type: 'set-home', house: HOUSE })]),
  made('revert within the window by recovery', T0 + DAY, [T0, moved()], [T0 + DAY, last(reverted(R))]),
  made('the device that moved cannot revert', T0 + DAY, [T0, moved()], [T0 + DAY, last(reverted('ada phone'))]),
  made('a move by recovery cannot be reverted', T0 + DAY, [T0, moved(R)], [T0 + DAY, grow(moved(R), 'ada laptop', REVERT)]),
  made('the first house of all cannot be reverted', T0 + DAY, [T0, ada()], [T0 + DAY, grow(ada(), R, REVERT)]),
  made('a revert cannot be reverted', T0 + DAY, [T0, moved()], [T0 + DAY, grow(reverted(), 'ada phone', REVERT)]),
  made('a revert follows right upon its move', T0 + DAY, [T0, moved()], [T0 + DAY, grow(grow(moved(), 'ada phone', adding('mallory')), 'ada laptop', REVERT)]),
];

/** The laptop, the older device, moves; it goes on, and the younger phone objects. */
const byLaptop = (): Signed[] => grow(ready(), 'ada laptop', moveTo);
const contests = (): Case[] => [
  made('a revert beats what an older device built on the move', T0 + DAY, [T0, byLaptop()],
    [T0 + 1, grow(byLaptop(), 'ada laptop', adding('mallory'))], [T0 + DAY, grow(byLaptop(), 'ada phone', REVERT)]),
  made('of two reverts the older device’s', T0 + DAY, [T0, ada()],
    [T0, grow(grow(grow(two(), 'ada laptop', adding('ada tablet')), 'ada tablet', moveTo), 'ada phone', REVERT)],
    [T0, grow(grow(grow(two(), 'ada laptop', adding('ada tablet')), 'ada tablet', moveTo), 'ada laptop', REVERT)]),
  made('recovery that built on the move beats a revert by a device', T0 + DAY, [T0, moved()], [T0 + DAY, last(reverted())],
    [T0 + DAY, grow(moved(), R, adding('ada boat'))]),
  made('after a revert the pod moves again, and again there are 7 days', T0 + 3 * DAY, [T0, moved()], [T0 + DAY, reverted()],
    [T0 + 2 * DAY, grow(grow(reverted(), 'ada laptop', addingPod('ada third pod')), 'ada laptop', { type: 'set-home', house: idOf('third house') })]),
  made('a persona that was never at home has nothing pending', T0, [T0, grow([begin('ada')], 'ada laptop', { type: 'set-home', house: HOUSE })]),
];

/** Moving house, and taking it back. */
export const moves = (): Case[] => [...windows(), ...reverts(), ...contests()];
