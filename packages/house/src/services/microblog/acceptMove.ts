import { toBase64Url, type Json, type Suite } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { ProvedOffer } from '../../firewall/transactor.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { Turns } from '../shared/turns.ts';
import { handOver } from './handing.ts';
import { MICROBLOG, type PostBody } from './types.ts';

interface Deps { gate: Gate; views: Pick<Keeper, 'ask'>; turns: Turns; suite: Suite }

/**
 * Hears that a post changed its audience: the owner's replies under it are handed over anew, signed for where they lie now. What was
 * heard is forgotten in the same write. Refuses whatever the contract refuses.
 */
export const makeAcceptMove = ({ gate, views, turns, suite }: Deps) => async (author: Caller & { persona: string }, proved: ProvedOffer): Promise<void> => {
  const { offer, body } = proved;
  await gate.transact(author, offer.owner, MICROBLOG, (tx) => tx.accept(proved));
  if (offer.op === 'remove') return;
  const owner: Caller & { persona: string } = { kind: 'owner', persona: offer.owner };
  const under = (body as { post: string }).post;
  await turns(offer.owner, async () => {
    const keys = await views.ask(({ posts }) => posts.ownReplies(offer.owner));
    await gate.transact(owner, offer.owner, MICROBLOG, (tx) => {
      if (!tx.remove('moves', offer.key)) return;
      for (const key of keys) {
        const post = gate.reader(owner, offer.owner, MICROBLOG)?.get('posts', key);
        const { handed, ...words } = post ? JSON.parse(post.body) as PostBody : {} as Partial<PostBody> as PostBody;
        if (!handed || handed.to !== author.persona || handed.under !== under) continue;
        const anew = { ...handed, as: toBase64Url(suite.random(16)) };
        tx.put('posts', { key, body: { ...words, handed: anew } as unknown as Json });
        handOver(tx, anew, key, words, { waits: true });
      }
    });
  });
};
