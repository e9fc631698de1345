import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { ProvedOffer } from '../../firewall/transactor.ts';
import { MICROBLOG } from './types.ts';

/**
 * Takes a like from the pod of whoever likes: of a post that is there and that they may read. Refuses `post_unknown`, and whatever
 * the contract refuses.
 */
export const makeAcceptReaction = ({ gate }: { gate: Gate }) => async (author: Caller & { persona: string }, proved: ProvedOffer): Promise<void> => {
  const { offer, body } = proved;
  const post = String((body as { post?: unknown } | undefined)?.post);
  await gate.transact(author, offer.owner, MICROBLOG, (tx) => {
    // Asked inside the write, so that no like slips in beside the removal of what it is about.
    if (offer.op === 'put' && !gate.reader(author, offer.owner, MICROBLOG)?.get('posts', post)) {
      throw new Refusal('not_found', 'post_unknown', 'The post that is liked is not there.');
    }
    tx.accept(proved);
  });
};
