import type { Ref } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { addressOf } from '../posts/parts.tsx';
import { client } from '../state/client.ts';
import { idOf } from '../state/merge.ts';
import { meet } from '../state/people.ts';
import { toast } from '../state/toast.ts';
import { openQuote, openWrite } from '../state/writing.ts';
import { drafts } from './drafts.ts';
import type { Draft } from './draft.ts';
import type { Placed } from './store.ts';

/** Where a draft is written: beside the post that it answers or quotes, or where posts are. */
export const contextOf = ({ replyTo, quote }: Draft): string => replyTo ? `reply:${idOf(replyTo)}` : quote ? `quote:${idOf(quote)}` : 'post';

/** Opens the composer of a quote; where the quoted post is gone, the words become a post of their own. */
async function openQuoteOf(persona: string, quote: Ref, draft: Draft): Promise<void> {
  try {
    const thread = await client.microblog.thread(quote, { first: 1 });
    meet(thread.people);
    openQuote(thread.items.find((item) => idOf(item) === idOf(quote))!);
  } catch {
    toast(t('compose.quote.gone'));
    const { quote: _, ...rest } = drafts.take(persona, contextOf(draft)) ?? draft;
    drafts.fetchBack(persona, 'post', rest);
    openWrite();
  }
}

/** Brings a draft back to its composer and opens that; what was being written there goes to the drafts. */
export function goOn(persona: string, { context, draft }: Placed, route: (to: string) => void): void {
  const to = contextOf(draft);
  if (context !== to && drafts.fetchBack(persona, to, draft)) toast(t('compose.swapped'));
  if (draft.replyTo) route(`${addressOf(draft.replyTo)}?reply`);
  else if (draft.quote) void openQuoteOf(persona, draft.quote, draft);
  else openWrite();
}
