import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { hydrate } from './hydrate.ts';
import type { LikeDeps } from './like.ts';
import { nameOf } from './marks.ts';
import { isWide } from './quoting.ts';
import { unknownPost } from './own.ts';
import { MICROBLOG, type Ref } from './types.ts';

/**
 * Passes a post on, to whom it is for already: a record of the caller's for the house or for everyone, as the post is, and, in the same
 * transaction, an effect that tells its author. The post is never copied: whoever may not read it (any more) is shown nothing.
 * Boosting twice changes nothing. Refuses `boost_not_allowed` (the post is for few), `post_unknown` (denied and absent alike).
 */
export const makeBoost = ({ gate, views, turns, now }: LikeDeps) => (caller: Caller & { persona: string }, post: Ref): Promise<{ boosted: boolean }> =>
  turns(caller.persona, async () => {
    const { held, kept } = await views.ask((all) => ({ held: all.marks.keys(caller.persona, 'boost', nameOf(post)), kept: all.kept.of(post.persona, post.key) }));
    const [item] = hydrate(gate, caller, [{ ...post }, { ...post, kept }]);
    if (!item) throw unknownPost();
    if (item.keptBy !== undefined || !isWide(item.audience)) throw new Refusal('conflict', 'boost_not_allowed', 'This one is for few people. It cannot be passed on.');
    if (held.length > 0) return { boosted: true };
    const createdAt = now();
    await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
      const boost = tx.put('boosts', { body: { post: { persona: post.persona, key: post.key }, createdAt }, audience: item.audience });
      if (post.persona === caller.persona) return;
      tx.effect(post.persona, { op: 'put', service: MICROBLOG, collection: 'reactions', key: boost.key, body: { kind: 'boost', post: post.key, createdAt } });
    });
    return { boosted: true };
  });

/** Takes a boost back; the author's pod is told. Fine when there was none, and when the post is gone. */
export const makeUnboost = ({ gate, views, turns }: LikeDeps) => (caller: Caller & { persona: string }, post: Ref): Promise<{ boosted: boolean }> =>
  turns(caller.persona, async () => {
    const held = await views.ask(({ marks }) => marks.keys(caller.persona, 'boost', nameOf(post)));
    if (held.length === 0) return { boosted: false };
    await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
      for (const key of held) {
        if (tx.remove('boosts', key) && post.persona !== caller.persona) tx.effect(post.persona, { op: 'remove', service: MICROBLOG, collection: 'reactions', key });
      }
    });
    return { boosted: false };
  });
