import { Refusal, toBase64Url, type Suite } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { between } from './links.ts';
import type { PeopleDeps } from './profile.ts';
import { PEOPLE } from './types.ts';

type Deps = Pick<PeopleDeps, 'gate' | 'relations' | 'now'> & { suite: Suite };

/**
 * Lets somebody follow who asked to: they are a follower from now on, and their pod is told in the same transaction.
 * Accepting a follower changes nothing. Refuses `request_unknown`: nobody of that name asks.
 */
export const makeAccept = ({ gate, relations, now, suite }: Deps) => async (caller: Caller & { persona: string }, persona: string): Promise<{ accepted: true }> => {
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const one = between(gate, tx, caller, persona);
    const follows = one.held('followers').length > 0;
    const apart = relations.apart(caller.persona, persona);
    if (apart || !one.drop('requests')) {
      if (follows && !apart) return;
      throw new Refusal('not_found', 'request_unknown', 'Nobody of that name asks to follow you.');
    }
    const createdAt = now();
    if (!follows) tx.put('followers', { body: { persona, relation: 'follower', createdAt } });
    tx.effect(persona, { op: 'put', service: PEOPLE, collection: 'accepted', key: toBase64Url(suite.random(16)), body: { persona: caller.persona, createdAt } });
  });
  return { accepted: true };
};

/** Lets a request go. Whoever asked is not told; fine when nobody of that name asks. */
export const makeDecline = ({ gate }: Pick<Deps, 'gate'>) => async (caller: Caller & { persona: string }, persona: string): Promise<void> => {
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => { between(gate, tx, caller, persona).drop('requests'); });
};
