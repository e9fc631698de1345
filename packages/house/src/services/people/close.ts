import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { between } from './links.ts';
import { unknown, type PeopleDeps } from './profile.ts';
import { PEOPLE } from './types.ts';
import { unlink } from './unlink.ts';

type Deps = Pick<PeopleDeps, 'gate' | 'housemates' | 'relations' | 'now'>;
type Close = (caller: Caller & { persona: string }, persona: string) => Promise<{ close: boolean }>;

/**
 * Calls somebody close: they may read what is for close people and for followers, earlier things included. They are not told.
 * Refuses `person_unknown` (also where a block lies between the two), `close_self`.
 */
export const makeClose = ({ gate, housemates, relations, now }: Deps): Close => async (caller, persona) => {
  if (persona === caller.persona) throw new Refusal('invalid', 'close_self', 'Nobody is closer to you than you.');
  if (!housemates.find(persona) || relations.apart(caller.persona, persona)) throw unknown();
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    if (between(gate, tx, caller, persona).held('links', 'close').length === 0) tx.put('links', { body: { persona, relation: 'close', createdAt: now() } });
  });
  return { close: true };
};

/** Calls somebody close no more. They are not told. */
export const makeNotClose = ({ gate }: Pick<PeopleDeps, 'gate'>): Close => async (caller, persona) => {
  await unlink(gate, caller, persona, 'close');
  return { close: false };
};
