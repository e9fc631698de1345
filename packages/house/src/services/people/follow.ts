import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { linksOf } from './links.ts';
import type { PeopleDeps } from './profile.ts';
import { PEOPLE } from './types.ts';

type Deps = Pick<PeopleDeps, 'gate' | 'housemates' | 'relations' | 'now'>;

/**
 * Follows somebody: a link in the caller's pod and, in the same transaction, an effect that tells the other pod.
 * Following twice changes nothing. Refuses `person_unknown` (also where a block lies between the two), `follow_self`.
 */
export const makeFollow = ({ gate, housemates, relations, now }: Deps) => async (caller: Caller & { persona: string }, persona: string): Promise<{ follows: boolean }> => {
  if (persona === caller.persona) throw new Refusal('invalid', 'follow_self', 'You see your own posts anyway.');
  if (!housemates.find(persona) || relations.apart(caller.persona, persona)) throw new Refusal('not_found', 'person_unknown', 'Nobody of that name can be seen here.');
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    if (linksOf(gate, caller, 'links', 'follow').some(({ link }) => link.persona === persona)) return;
    const createdAt = now();
    const { key } = tx.put('links', { body: { persona, relation: 'follow', createdAt } });
    tx.effect(persona, { op: 'put', service: PEOPLE, collection: 'followers', key, body: { persona: caller.persona, relation: 'follower', createdAt } });
  });
  return { follows: true };
};
