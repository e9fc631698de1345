import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { MICROBLOG, type PostBody } from './types.ts';

/** The refusal for a post that is not there, or not the caller's. */
export const unknownPost = (): Refusal => new Refusal('not_found', 'post_unknown', 'This post is not there.');

/** One's own post. Refuses `post_unknown`. */
export function ownPost(gate: Gate, caller: Caller & { persona: string }, key: string): { body: PostBody; audience: string } {
  const post = gate.reader(caller, caller.persona, MICROBLOG)?.get('posts', key);
  if (!post) throw unknownPost();
  return { body: JSON.parse(post.body) as PostBody, audience: post.audience };
}
