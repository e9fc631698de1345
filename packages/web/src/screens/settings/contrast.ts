import { signal } from '@preact/signals';

const KEY = 'commonhold.contrast';

/** Whether this browser was asked for harder edges. `theme-boot.js` applies it before the first paint. */
export const moreContrast = signal(document.documentElement.dataset['contrast'] === 'more');

/** Turns harder edges on or off, and keeps the choice in this browser. */
export function setContrast(more: boolean): void {
  moreContrast.value = more;
  if (more) document.documentElement.dataset['contrast'] = 'more';
  else delete document.documentElement.dataset['contrast'];
  try {
    if (more) localStorage.setItem(KEY, 'more');
    else localStorage.removeItem(KEY);
  } catch { /* storage is off: the choice lasts for this page */ }
}
