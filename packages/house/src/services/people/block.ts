import type { Caller } from '../../firewall/caller.ts';
import { linksOf } from './links.ts';
import { other } from './other.ts';
import type { PeopleDeps } from './profile.ts';
import { PEOPLE } from './types.ts';

/**
 * Blocks somebody: the firewall denies each to the other from now on, and neither follows the other here. They are not told.
 * Blocking twice changes nothing, and so does blocking nobody: the answer says nothing of who exists. Refuses `person_unknown`
 * for what is no persona, `block_self`.
 */
export const makeBlock = ({ gate, now }: Pick<PeopleDeps, 'gate' | 'now'>) => async (caller: Caller & { persona: string }, whom: string): Promise<{ blocked: boolean }> => {
  const persona = other(caller, whom, 'block_self');
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const held = (collection: 'links' | 'followers', relation: string) =>
      linksOf(gate, caller, collection, relation).filter(({ link }) => link.persona === persona).map(({ item }) => item.key);
    if (held('links', 'block').length === 0) tx.put('links', { body: { persona, relation: 'block', createdAt: now() } });
    for (const key of held('links', 'follow')) {
      if (tx.remove('links', key)) tx.effect(persona, { op: 'remove', service: PEOPLE, collection: 'followers', key });
    }
    for (const key of held('followers', 'follower')) tx.remove('followers', key);
  });
  return { blocked: true };
};
