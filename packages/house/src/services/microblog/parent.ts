import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { KeptRef } from '../../views/kept.ts';
import { answersTo, isFew } from './audiences.ts';
import { MICROBLOG, type Few, type PostBody, type Ref, type ReplyBody } from './types.ts';

/** What a reply answers, as far as its rules go: `owner` has the post (`under`) for whose readers it is. */
export interface Parent { owner: string; under: string; audience: string; root: Ref }

/**
 * What a reply answers, if the caller may read it: a post, or a reply that somebody keeps (`kept`: where the views know it), whose
 * rules are those of the post it stands under. Null for denied and absent.
 */
export function parentOf(gate: Gate, caller: Caller & { persona: string }, { persona, key }: Ref, kept: KeptRef | null): Parent | null {
  const post = gate.reader(caller, persona, MICROBLOG)?.get('posts', key);
  if (post) {
    const { handed, root = { persona, key } } = JSON.parse(post.body) as PostBody;
    return handed ? { owner: handed.to, under: handed.under, audience: handed.audience, root } : { owner: persona, under: key, audience: post.audience, root };
  }
  const reply = kept && gate.reader(caller, kept.keeper, MICROBLOG)?.get('replies', kept.record);
  if (!reply) return null;
  const { under, root } = JSON.parse(reply.body) as ReplyBody;
  return { owner: kept.keeper, under, audience: reply.audience, root };
}

/** Whose readers a reply of this audience is handed to, or null where it stays with its author. Refuses `reply_too_wide`. */
export function answering(caller: { persona: string }, { owner, under, audience }: Parent, wanted: string): { to: string; under: string; audience: Few } | null {
  const isOwn = owner === caller.persona;
  const allowed = answersTo(audience, isOwn);
  if (!allowed.some((one) => one === wanted)) {
    throw new Refusal('invalid', 'reply_too_wide', 'A reply cannot reach further than what it answers.', { field: '/audience', expected: allowed.join(', ') });
  }
  return isFew(audience) && !isOwn ? { to: owner, under, audience } : null;
}
