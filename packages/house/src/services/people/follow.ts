import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { between } from './links.ts';
import { profileBody, unknown, type PeopleDeps } from './profile.ts';
import { PEOPLE } from './types.ts';

/** Whether the caller follows somebody, or has asked to and waits. */
export interface Following { follows: boolean; asked: boolean }

type Deps = Pick<PeopleDeps, 'gate' | 'housemates' | 'relations' | 'now'>;

/**
 * Follows somebody, or asks to, if they are locked: a record in the caller's pod and, in the same transaction, an effect that tells
 * the other pod. Doing it twice changes nothing; whoever waits for somebody who is locked no more follows now.
 * Refuses `person_unknown` (also where a block lies between the two), `follow_self`.
 */
export const makeFollow = ({ gate, housemates, relations, now }: Deps) => async (caller: Caller & { persona: string }, persona: string): Promise<Following> => {
  if (persona === caller.persona) throw new Refusal('invalid', 'follow_self', 'You see your own posts anyway.');
  if (!housemates.find(persona) || relations.apart(caller.persona, persona)) throw unknown();
  const locked = profileBody(gate, caller, persona)?.locked ?? false;
  return gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const one = between(gate, tx, caller, persona);
    if (one.held('links', 'follow').length > 0) return { follows: true, asked: false };
    const waits = one.held('asked').length > 0;
    if (locked) {
      if (!waits) one.ask(now());
      return { follows: false, asked: true };
    }
    one.takeBack('asked');
    one.follow(now());
    return { follows: true, asked: false };
  });
};
