import type { Caller } from '../../firewall/caller.ts';
import { between } from './links.ts';
import { other } from './other.ts';
import type { PeopleDeps } from './profile.ts';
import { PEOPLE } from './types.ts';

/**
 * Blocks somebody: the firewall denies each to the other from now on, and what bound the two ends here: following, being followed,
 * requests both ways, closeness. They are not told while the block stands; when it ends, their pod hears that what it says of
 * following the caller has ended, too. Blocking twice changes nothing, and so does blocking nobody: the answer says nothing of who
 * exists. Refuses `person_unknown` for what is no persona, `block_self`.
 */
export const makeBlock = ({ gate, now }: Pick<PeopleDeps, 'gate' | 'now'>) => async (caller: Caller & { persona: string }, whom: string): Promise<{ blocked: boolean }> => {
  const persona = other(caller, whom, 'block_self');
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const one = between(gate, tx, caller, persona);
    const isNew = one.held('links', 'block').length === 0;
    const { key } = isNew ? tx.put('links', { body: { persona, relation: 'block', createdAt: now() } }) : one.held('links', 'block')[0]!.item;
    one.takeBack('links', 'follow');
    one.takeBack('asked');
    one.drop('links', 'close');
    for (const collection of ['followers', 'requests', 'accepted'] as const) one.drop(collection);
    // Waits for the end of the block, as all that takes back does.
    if (isNew) tx.effect(persona, { op: 'remove', service: PEOPLE, collection: 'accepted', key });
  });
  return { blocked: true };
};
