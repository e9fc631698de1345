import type { Suite } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { Views } from '../../views/views.ts';
import type { Turns } from '../shared/turns.ts';
import { moveKept } from './follow-up.ts';
import { nameOf } from './marks.ts';
import { unknownPost } from './own.ts';
import { followPins } from './pins.ts';
import { takeBackQuote } from './quoting.ts';
import { MICROBLOG, type PostBody, type Ref } from './types.ts';

/** What changing one's own posts is built from. */
export interface OwnDeps { gate: Gate; views: Pick<Keeper, 'ask'>; turns: Turns; suite: Suite; now(): number }

/**
 * Deletes one of the caller's own posts with its earlier wordings, the replies that they keep under it, its ballots and what says who
 * liked, boosted or quoted it: the words are erased, the chains stay whole. Whoever keeps it as a reply is told, and whom it quotes.
 * Refuses `post_unknown`.
 */
export const makeRemove = ({ gate, views, turns, suite, now }: OwnDeps) => (caller: Caller & { persona: string }, key: string): Promise<void> => turns(caller.persona, async () => {
  const name = nameOf({ persona: caller.persona, key });
  const { beside, kept } = await views.ask((all) => ({ beside: besideOf(all, caller.persona, key, name), kept: all.kept.under(caller.persona, key) }));
  const removed = await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const post = gate.reader(caller, caller.persona, MICROBLOG)?.get('posts', key);
    if (!post || !tx.remove('posts', key)) return false;
    for (const [collection, keys] of Object.entries(beside)) for (const one of keys) tx.remove(collection, one);
    followPins(tx, gate, caller, key);
    moveKept(tx, suite, now(), kept, () => null);
    const { handed, quote } = JSON.parse(post.body) as PostBody;
    if (quote) takeBackQuote({ suite, tx }, caller, key, quote);
    if (handed) tx.effect(handed.to, { op: 'remove', service: MICROBLOG, collection: 'replies', key: handed.as });
    return true;
  });
  if (!removed) throw unknownPost();
});

// What lies beside a post in its author's pod, by collection.
const besideOf = ({ news, quotes, versions, polls }: Views, owner: string, key: string, name: string): Record<string, string[]> => ({
  reactions: [...news.reactions(owner, name), ...quotes.about(owner, name).noted], post_versions: versions.keys(owner, key),
  unquoted: quotes.about(owner, name).withdrawn, ballots: polls.ballots(owner, key).map((one) => one.key),
});

/** Keeps somebody's reply under one of the caller's posts no more: its words are erased here. They are not told. Refuses `post_unknown`. */
export const makeRemoveKept = ({ gate, views }: OwnDeps) => async (caller: Caller & { persona: string }, { persona, key }: Ref): Promise<void> => {
  const kept = await views.ask((all) => all.kept.of(persona, key));
  const removed = kept?.keeper === caller.persona && await gate.transact(caller, caller.persona, MICROBLOG, (tx) => tx.remove('replies', kept.record));
  if (!removed) throw unknownPost();
};
