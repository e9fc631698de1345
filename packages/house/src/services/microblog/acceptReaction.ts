import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Item } from '../../firewall/reader.ts';
import type { ProvedOffer } from '../../firewall/transactor.ts';
import { isWide, type MayQuote } from './quoting.ts';
import { MICROBLOG, type PostBody } from './types.ts';

interface Deps { gate: Gate; mayQuote: MayQuote }
interface Reaction { kind?: string; post?: unknown; by?: string }

/**
 * Takes a like, a boost or a quote from the pod of whoever it is by: of a post that is there and that they may read, boost, quote; what
 * quotes it must be there for the owner to see. Refuses `post_unknown`, `boost_not_allowed`, `quote_not_allowed`, `bad_offer`, and
 * whatever the contract refuses.
 */
export const makeAcceptReaction = ({ gate, mayQuote }: Deps) => async (author: Caller & { persona: string }, proved: ProvedOffer): Promise<void> => {
  const { offer, body } = proved;
  const reaction = (body ?? {}) as Reaction;
  await gate.transact(author, offer.owner, MICROBLOG, (tx) => {
    // Asked inside the write, so that no like slips in beside the removal of what it is about.
    if (offer.op === 'put') {
      const post = gate.reader(author, offer.owner, MICROBLOG).get('posts', String(reaction.post));
      if (!post) throw new Refusal('not_found', 'post_unknown', 'The post that this is about is not there.');
      if (reaction.kind === 'boost' && !isWide(post.audience)) throw new Refusal('conflict', 'boost_not_allowed', 'This one is for few people. It cannot be passed on.');
      if (reaction.kind === 'quote') checkQuote({ gate, mayQuote }, author, post, reaction.by);
    }
    tx.accept(proved);
  });
};

function checkQuote({ gate, mayQuote }: Deps, author: Caller & { persona: string }, post: Item, by = ''): void {
  if (!mayQuote(author, post)) throw new Refusal('denied', 'quote_not_allowed', 'Whose post this is does not want it quoted by you.');
  const quoting = gate.reader({ kind: 'owner', persona: post.persona }, author.persona, MICROBLOG).get('posts', by);
  const { quote } = quoting ? JSON.parse(quoting.body) as PostBody : {} as Partial<PostBody>;
  if (quote?.persona !== post.persona || quote.key !== post.key) throw new Refusal('denied', 'bad_offer', 'This does not quote that post.', { field: 'body' });
}
