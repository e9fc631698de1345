import { signal } from '@preact/signals';

const KEY = 'commonhold.undo-posts';

function kept(): boolean {
  try { return localStorage.getItem(KEY) !== 'off'; } catch { return true; }
}

/** Whether a post waits five seconds before it goes out, so that it can be undone. Kept in this browser. */
export const undoPosts = signal(kept());

/** Chooses it. */
export function setUndoPosts(yes: boolean): void {
  undoPosts.value = yes;
  try { localStorage.setItem(KEY, yes ? 'on' : 'off'); } catch { /* storage is off: it holds as long as the page */ }
}
