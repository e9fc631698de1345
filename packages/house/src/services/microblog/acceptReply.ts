import { canonical, Refusal, type Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { ProvedOffer } from '../../firewall/transactor.ts';
import { isFew, keptFor } from './audiences.ts';
import { MICROBLOG, type PostBody, type ReplyBody } from './types.ts';

/**
 * Takes a reply to one of the owner's posts, its rewording or its end: from who may read the post, to be kept for its readers, but for
 * nobody whom it was not written for. Refuses `post_unknown`, `bad_offer`, and whatever the contract refuses.
 */
export const makeAcceptReply = ({ gate }: { gate: Gate }) => async (author: Caller & { persona: string }, proved: ProvedOffer): Promise<void> => {
  const { offer, body } = proved;
  await gate.transact(author, offer.owner, MICROBLOG, (tx) => {
    if (offer.op === 'remove') { tx.accept(proved); return; }
    const reader = gate.reader(author, offer.owner, MICROBLOG);
    const reply = (body ?? {}) as unknown as ReplyBody;
    demand(isFew(reply.audience));
    const before = reader?.get('replies', offer.key);
    if (before) {
      demand(placeOf(JSON.parse(before.body) as ReplyBody) === placeOf(reply));
      tx.accept(proved);
      return;
    }
    // Asked inside the write, so that nothing slips in beside a change of whom the post is for.
    const post = reader?.get('posts', String(reply.under));
    if (!post) throw new Refusal('not_found', 'post_unknown', 'The post that is answered is not there.');
    const { root = { persona: offer.owner, key: reply.under } } = JSON.parse(post.body) as PostBody;
    demand(root.persona === reply.root?.persona && root.key === reply.root.key);
    tx.accept(proved, keptFor(reply.audience, post.audience));
  });
};

// A reply stands in the conversation of the post that it is kept under; rewording it moves it nowhere.
function demand(stands: boolean): void {
  if (!stands) throw new Refusal('denied', 'bad_offer', 'A reply stands under the post that it answers.', { field: 'body' });
}

const placeOf = ({ post, under, audience, replyTo, root, createdAt }: ReplyBody): string =>
  canonical({ post, under, audience, replyTo, root, createdAt } as unknown as Json);
