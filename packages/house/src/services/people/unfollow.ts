import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Following } from './follow.ts';
import { between } from './links.ts';
import { PEOPLE } from './types.ts';

/** Follows somebody no more, or takes the request back; the other pod is told. Fine when there was nothing to end. */
export const makeUnfollow = ({ gate }: { gate: Gate }) => async (caller: Caller & { persona: string }, persona: string): Promise<Following> => {
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const one = between(gate, tx, caller, persona);
    one.takeBack('links', 'follow');
    one.takeBack('asked');
    one.drop('accepted');
  });
  return { follows: false, asked: false };
};
