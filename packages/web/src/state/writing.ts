import { signal } from '@preact/signals';
import type { PostItem } from '@commonhold/sdk';

/** What is being written over the page: a post, or one that quotes; null when nothing is. */
export const writing = signal<{ quotes?: PostItem } | null>(null);

/** Opens the composer over whatever page this is; the draft is the one of Home. */
export function openWrite(): void {
  const inPage = document.getElementById('write');
  // Home has the composer on the page: go there instead of covering it with the same words.
  if (inPage && inPage.getBoundingClientRect().bottom > 0) inPage.focus();
  else writing.value = {};
}

/** Opens a composer for a post that quotes this one; it has a draft of its own. */
export const openQuote = (item: PostItem): void => { writing.value = { quotes: item }; };
