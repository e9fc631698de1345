import { signal } from '@preact/signals';

/** Whether the composer stands over the page. */
export const writing = signal(false);

/** Opens the composer over whatever page this is; the draft is the one of Home. */
export function openWrite(): void {
  const inPage = document.getElementById('write');
  // Home has the composer on the page: go there instead of covering it with the same words.
  if (inPage && inPage.getBoundingClientRect().bottom > 0) inPage.focus();
  else writing.value = true;
}
