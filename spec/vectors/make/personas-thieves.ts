import type { Signed } from '../../../packages/core/index.ts';
import { ada, grow, OTHER_HOUSE } from './persona.ts';
import { adding, addingPod, DAY, made, revoking, rotating, T0, two, type Case } from './personas-tools.ts';

const NOW = T0 + 30 * DAY;
const R = 'ada recovery';
const moveTo = { type: 'set-home', house: OTHER_HOUSE } as const;

/** What a thief does with the stolen phone: a device, the pod of another house, the move. */
const stolen = (): Signed[] => grow(grow(grow(two(), 'ada phone', adding('mallory')), 'ada phone', addingPod('ada new pod')), 'ada phone', moveTo);
/** What Ada wrote after the phone: a watch by the laptop, then the phone revoked by her words. */
const revoked = (): Signed[] => grow(grow(two(), 'ada laptop', adding('ada watch')), R, revoking('ada phone'));
/** The same, with the older laptop as the stolen one. */
const laptopRevoked = (): Signed[] => grow(grow(two(), 'ada phone', adding('ada watch')), R, revoking('ada laptop'));
/** A laptop that is older than the phone signs a rival of what the phone signed. */
const backdated = (): Signed[] => grow(grow(two(), 'ada laptop', adding('mallory')), 'ada laptop', adding('mallory 2'));

const manage = (): Case[] => [
  made('a stolen phone with manage: it adds a device and moves the pod until somebody objects', T0 + DAY, [T0, two()], [T0 + DAY / 2, stolen()]),
  made('a stolen phone with manage: the words undo all of it', T0 + DAY, [T0, two()], [T0 + DAY / 2, stolen()], [T0 + DAY, grow(two(), R, revoking('ada phone'))]),
  made('a stolen phone with manage: the older laptop undoes all of it', T0 + DAY, [T0, two()], [T0 + DAY / 2, stolen()],
    [T0 + DAY, grow(two(), 'ada laptop', revoking('ada phone'))]),
  made('a stolen phone with manage can neither put out the words nor end the persona', NOW, [T0, two()],
    [T0 + DAY, grow(two(), 'ada phone', rotating('mallory'))], [T0 + DAY, grow(two(), 'ada phone', { type: 'retire' })]),
  made('a stolen phone with manage signs after it was revoked', NOW, [T0, revoked()], [T0 + DAY, grow(revoked(), 'ada phone', adding('mallory'))]),
  made('a stolen phone with manage signs before it was revoked: the older device stays', NOW, [T0, revoked()], [T0 + DAY, stolen()]),
  made('the stolen device is the older one, and recovery revoked it: what it backdates does not count', NOW, [T0, laptopRevoked()], [T0 + DAY, backdated()]),
  made('the stolen device is the older one: what was seen before the revocation counts', NOW, [T0, backdated()], [T0 + DAY, laptopRevoked()]),
  made('the stolen device is the older one, and only a device revoked it: the older still wins', NOW,
    [T0, grow(grow(two(), 'ada phone', adding('ada watch')), 'ada phone', revoking('ada laptop'))], [T0 + DAY, backdated()]),
  made('the words end that, too', NOW,
    [T0, grow(grow(two(), 'ada phone', adding('ada watch')), 'ada phone', revoking('ada laptop'))], [T0 + DAY, backdated()],
    [T0 + 2 * DAY, grow(two(), R, revoking('ada laptop'))]),
];

const writer = (): Signed[] => grow(ada(), 'ada laptop', { ...adding('ada camera'), capabilities: ['e2ee', 'write'] });
const write = (): Case[] => [
  made('a stolen phone with only write can add nothing, revoke nothing and move nothing', NOW, [T0, writer()],
    [T0 + DAY, grow(writer(), 'ada camera', adding('mallory'))], [T0 + DAY, grow(writer(), 'ada camera', revoking('ada laptop'))],
    [T0 + DAY, grow(writer(), 'ada camera', moveTo)]),
  made("the house's pod device tries to add a device", NOW, [T0, ada()], [T0 + DAY, grow(ada(), 'ada pod', adding('mallory'))]),
  made("the house's pod device tries to move the pod", NOW, [T0, ada()], [T0 + DAY, grow(ada(), 'ada pod', moveTo)]),
  made("the house's pod device tries to revert a move", T0 + DAY, [T0, grow(two(), 'ada phone', moveTo)],
    [T0 + DAY, grow(grow(two(), 'ada phone', moveTo), 'ada pod', { type: 'revert-home' })]),
  made('a move by a stranger', NOW, [T0, two()], [T0 + DAY, grow(two(), 'mallory', moveTo)]),
  made('a stranger revokes, rotates and retires', NOW, [T0, two()], [T0 + DAY, grow(two(), 'mallory', revoking('ada laptop'))],
    [T0 + DAY, grow(two(), 'mallory', rotating('mallory 2'))], [T0 + DAY, grow(two(), 'mallory', { type: 'retire' })]),
];

/** Stolen devices, hostile houses, strangers. */
export const thieves = (): Case[] => [...manage(), ...write()];
