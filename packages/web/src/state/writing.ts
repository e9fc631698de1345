import { signal } from '@preact/signals';
import type { PostItem } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { isGuest } from './session.ts';
import { toast } from './toast.ts';

/** What is being written over the page: a post, or one that quotes; null when nothing is. */
export const writing = signal<{ quotes?: PostItem } | null>(null);

/* Whoever only looks around hears so, before they have written anything. */
function mayWrite(): boolean {
  if (isGuest.peek()) toast(t('look.only'));
  return !isGuest.peek();
}

/** Opens the composer over whatever page this is; the draft is the one of Home. */
export function openWrite(): void {
  if (!mayWrite()) return;
  const inPage = document.getElementById('write');
  // Home has the composer on the page: go there instead of covering it with the same words.
  if (inPage && inPage.getBoundingClientRect().bottom > 0) inPage.focus();
  else writing.value = {};
}

/** Opens a composer for a post that quotes this one; it has a draft of its own. */
export const openQuote = (item: PostItem): void => { if (mayWrite()) writing.value = { quotes: item }; };
