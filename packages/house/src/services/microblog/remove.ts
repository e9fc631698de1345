import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Keeper } from '../../views/keeper.ts';
import { nameOf } from './marks.ts';
import { MICROBLOG } from './types.ts';

/** Deletes one of the caller's own posts with what it says of who liked it: the words are erased, the chain stays whole. Refuses `post_unknown`. */
export const makeRemove = ({ gate, views }: { gate: Gate; views: Pick<Keeper, 'ask'> }) => async (caller: Caller & { persona: string }, key: string): Promise<void> => {
  const likes = await views.ask(({ news }) => news.reactions(caller.persona, nameOf({ persona: caller.persona, key })));
  const removed = await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    if (!tx.remove('posts', key)) return false;
    for (const like of likes) tx.remove('reactions', like);
    return true;
  });
  if (!removed) throw new Refusal('not_found', 'post_unknown', 'This post is not there.');
};
