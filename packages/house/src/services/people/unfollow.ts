import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { linksOf } from './links.ts';
import { PEOPLE } from './types.ts';

/** Follows somebody no more; the other pod is told. Fine when there was nothing to end. */
export const makeUnfollow = ({ gate }: { gate: Gate }) => async (caller: Caller & { persona: string }, persona: string): Promise<{ follows: boolean }> => {
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const held = linksOf(gate, caller, 'links', 'follow').filter(({ link }) => link.persona === persona);
    for (const { item } of held) {
      if (tx.remove('links', item.key)) tx.effect(persona, { op: 'remove', service: PEOPLE, collection: 'followers', key: item.key });
    }
  });
  return { follows: false };
};
