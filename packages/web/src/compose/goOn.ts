import { addressOf } from '../posts/parts.tsx';
import { idOf } from '../state/merge.ts';
import { drafts } from './drafts.ts';
import type { Draft } from './draft.ts';
import type { Placed } from './store.ts';

/** Where a draft is written: beside the post that it answers, or where posts are. */
export const contextOf = ({ replyTo }: Draft): string => replyTo ? `reply:${idOf(replyTo)}` : 'post';

/** Brings a draft back to its composer. Answers the address where that is (none: over this page), and whether something else had to go aside for it. */
export function goOn(persona: string, { context, draft }: Placed): { address: string | null; swapped: boolean } {
  const to = contextOf(draft);
  const swapped = context === to ? false : drafts.fetchBack(persona, to, draft);
  return { address: draft.replyTo ? `${addressOf(draft.replyTo)}?reply` : null, swapped };
}
