import type { Caller } from '../../firewall/caller.ts';
import { hydrate } from './hydrate.ts';
import type { LikeDeps } from './like.ts';
import { nameOf } from './marks.ts';
import { unknownPost } from './own.ts';
import { MICROBLOG, type Ref } from './types.ts';

/**
 * Keeps a post to come back to: a record for the caller alone, of which nobody is told. Any post that they may read, kept replies, too.
 * Doing it twice changes nothing. Refuses `post_unknown` (denied and absent alike).
 */
export const makeBookmark = ({ gate, views, turns, now }: LikeDeps) => (caller: Caller & { persona: string }, { persona, key }: Ref): Promise<{ bookmarked: boolean }> =>
  turns(caller.persona, async () => {
    const { held, kept } = await views.ask((all) => ({ held: all.marks.keys(caller.persona, 'bookmark', nameOf({ persona, key })), kept: all.kept.of(persona, key) }));
    if (hydrate(gate, caller, [{ persona, key }, ...(kept ? [{ persona, key, kept }] : [])]).length === 0) throw unknownPost();
    if (held.length === 0) await gate.transact(caller, caller.persona, MICROBLOG, (tx) => tx.put('bookmarks', { body: { post: { persona, key }, createdAt: now() } }));
    return { bookmarked: true };
  });

/** Keeps a post no more. Fine when it was not kept, and when it is gone. */
export const makeUnbookmark = ({ gate, views, turns }: LikeDeps) => (caller: Caller & { persona: string }, post: Ref): Promise<{ bookmarked: boolean }> =>
  turns(caller.persona, async () => {
    const held = await views.ask(({ marks }) => marks.keys(caller.persona, 'bookmark', nameOf(post)));
    if (held.length > 0) await gate.transact(caller, caller.persona, MICROBLOG, (tx) => { for (const key of held) tx.remove('bookmarks', key); });
    return { bookmarked: false };
  });
