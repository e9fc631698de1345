import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { Turns } from '../shared/turns.ts';
import { hydrate } from './hydrate.ts';
import { nameOf } from './marks.ts';
import { unknownPost } from './own.ts';
import { MICROBLOG, type Ref } from './types.ts';

/** What liking is built from. */
export interface LikeDeps { gate: Gate; views: Pick<Keeper, 'ask'>; turns: Turns; now(): number }

/**
 * Likes somebody else's post: a record for the caller alone and, in the same transaction, an effect that tells the author; nobody
 * else learns of it. Liking twice changes nothing. Refuses `like_self`, `like_kept` (a reply for few: its author could not see to it that
 * only readers like it), `post_unknown` (denied and absent alike).
 */
export const makeLike = ({ gate, views, turns, now }: LikeDeps) => (caller: Caller & { persona: string }, { persona, key }: Ref): Promise<{ liked: boolean }> =>
  turns(caller.persona, async () => {
    if (persona === caller.persona) throw new Refusal('invalid', 'like_self', 'That one is your own.');
    const { held, kept } = await views.ask((all) => ({ held: all.marks.keys(caller.persona, 'like', nameOf({ persona, key })), kept: all.kept.of(persona, key) }));
    if (!gate.reader(caller, persona, MICROBLOG)?.get('posts', key)) {
      if (!kept || hydrate(gate, caller, [{ persona, key, kept }]).length === 0) throw unknownPost();
      throw new Refusal('invalid', 'like_kept', 'A reply that somebody else keeps cannot be liked.');
    }
    if (held.length > 0) return { liked: true };
    const createdAt = now();
    await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
      const like = tx.put('likes', { body: { post: { persona, key }, createdAt } });
      tx.effect(persona, { op: 'put', service: MICROBLOG, collection: 'reactions', key: like.key, body: { kind: 'like', post: key, createdAt } });
    });
    return { liked: true };
  });
