import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { ProvedOffer } from '../../firewall/transactor.ts';
import { PEOPLE, type LinkBody } from './types.ts';

/**
 * An unlocked pod takes followers by itself: an offer may say only that its own author follows.
 * Refuses `bad_offer`, and whatever the contract refuses.
 */
export const makeAcceptFollower = ({ gate }: { gate: Gate }) => async (author: Caller & { persona: string }, proved: ProvedOffer): Promise<void> => {
  const { offer, body } = proved;
  const link = body as unknown as LinkBody | undefined;
  if (offer.op === 'put' && link?.persona !== author.persona) {
    throw new Refusal('denied', 'bad_offer', 'Only they themselves can say that they follow.', { field: 'body/persona' });
  }
  await gate.transact(author, offer.owner, PEOPLE, (tx) => tx.accept(proved));
};
