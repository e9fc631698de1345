import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { MICROBLOG } from './types.ts';

/** Deletes one of the caller's own posts: its words are erased, the chain stays whole. Refuses `post_unknown`. */
export const makeRemove = ({ gate }: { gate: Gate }) => async (caller: Caller & { persona: string }, key: string): Promise<void> => {
  const removed = await gate.transact(caller, caller.persona, MICROBLOG, (tx) => tx.remove('posts', key));
  if (!removed) throw new Refusal('not_found', 'post_unknown', 'This post is not there.');
};
