import { Refusal, type Suite } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { Turns } from '../shared/turns.ts';
import { moveKept } from './follow-up.ts';
import { nameOf } from './marks.ts';
import { MICROBLOG, type PostBody, type Ref } from './types.ts';

/** What changing one's own posts is built from. */
export interface OwnDeps { gate: Gate; views: Pick<Keeper, 'ask'>; turns: Turns; suite: Suite; now(): number }

/** The refusal for a post that is not there, or not the caller's. */
export const unknownPost = (): Refusal => new Refusal('not_found', 'post_unknown', 'This post is not there.');

/**
 * Deletes one of the caller's own posts with its earlier wordings, the replies that they keep under it and what says who liked it: the
 * words are erased, the chains stay whole. Whoever keeps it as a reply is told. Refuses `post_unknown`.
 */
export const makeRemove = ({ gate, views, turns, suite, now }: OwnDeps) => (caller: Caller & { persona: string }, key: string): Promise<void> => turns(caller.persona, async () => {
  const { likes, versions, kept } = await views.ask((all) => ({
    likes: all.news.reactions(caller.persona, nameOf({ persona: caller.persona, key })), versions: all.versions.keys(caller.persona, key), kept: all.kept.under(caller.persona, key),
  }));
  const removed = await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const post = gate.reader(caller, caller.persona, MICROBLOG)?.get('posts', key);
    if (!post || !tx.remove('posts', key)) return false;
    for (const like of likes) tx.remove('reactions', like);
    for (const version of versions) tx.remove('post_versions', version);
    moveKept(tx, suite, now(), kept, () => null);
    const { handed } = JSON.parse(post.body) as PostBody;
    if (handed) tx.effect(handed.to, { op: 'remove', service: MICROBLOG, collection: 'replies', key: handed.as });
    return true;
  });
  if (!removed) throw unknownPost();
});

/** Keeps somebody's reply under one of the caller's posts no more: its words are erased here. They are not told. Refuses `post_unknown`. */
export const makeRemoveKept = ({ gate, views }: OwnDeps) => async (caller: Caller & { persona: string }, { persona, key }: Ref): Promise<void> => {
  const kept = await views.ask((all) => all.kept.of(persona, key));
  const removed = kept?.keeper === caller.persona && await gate.transact(caller, caller.persona, MICROBLOG, (tx) => tx.remove('replies', kept.record));
  if (!removed) throw unknownPost();
};
