import type { Caller } from '../../firewall/caller.ts';
import { refOf } from './bookmarks.ts';
import { hydrate } from './hydrate.ts';
import type { LikeDeps } from './like.ts';
import { nameOf } from './marks.ts';
import { unknownPost } from './own.ts';
import { MICROBLOG, type Ref } from './types.ts';

/**
 * Lets the caller hear no more news of the conversation that a post is of, whatever is said, liked or passed on in it: a record for them alone,
 * of which nobody is told. Nothing leaves their timelines. Any post of it that they may read; twice changes nothing. Refuses `post_unknown`.
 */
export const makeMute = ({ gate, views, turns, now }: LikeDeps) => (caller: Caller & { persona: string }, { persona, key }: Ref): Promise<{ muted: boolean }> =>
  turns(caller.persona, async () => {
    const { kept, first, held } = await views.ask((all) => {
      const began = all.muted.firstOf(nameOf({ persona, key }));
      return { kept: all.kept.of(persona, key), first: began, held: all.marks.keys(caller.persona, 'mute', began) };
    });
    if (hydrate(gate, caller, [{ persona, key }, ...(kept ? [{ persona, key, kept }] : [])]).length === 0) throw unknownPost();
    if (held.length === 0) await gate.transact(caller, caller.persona, MICROBLOG, (tx) => tx.put('mutes', { body: { post: { ...refOf(first) }, createdAt: now() } }));
    return { muted: true };
  });

/** Lets the caller hear of it again, and of what was said meanwhile. Fine when it was not muted, and when the post is gone. */
export const makeUnmute = ({ gate, views, turns }: LikeDeps) => (caller: Caller & { persona: string }, post: Ref): Promise<{ muted: boolean }> =>
  turns(caller.persona, async () => {
    const held = await views.ask(({ marks, muted }) => marks.keys(caller.persona, 'mute', muted.firstOf(nameOf(post))));
    if (held.length > 0) await gate.transact(caller, caller.persona, MICROBLOG, (tx) => { for (const key of held) tx.remove('mutes', key); });
    return { muted: false };
  });
