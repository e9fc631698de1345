import type { Caller } from '../../firewall/caller.ts';
import type { LikeDeps } from './like.ts';
import { nameOf } from './marks.ts';
import { MICROBLOG, type Ref } from './types.ts';

/** Takes a like back; the author's pod is told. Fine when there was none, and when the post is gone. */
export const makeUnlike = ({ gate, views, turns }: LikeDeps) => (caller: Caller & { persona: string }, post: Ref): Promise<{ liked: boolean }> =>
  turns(caller.persona, async () => {
    const held = await views.ask(({ marks }) => marks.keys(caller.persona, 'like', nameOf(post)));
    if (held.length === 0) return { liked: false };
    await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
      for (const key of held) if (tx.remove('likes', key)) tx.effect(post.persona, { op: 'remove', service: MICROBLOG, collection: 'reactions', key });
    });
    return { liked: false };
  });
