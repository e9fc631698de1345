import { signal } from '@preact/signals';

/** Light, dark, or what the system says. */
export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'commonhold.theme';
const now = document.documentElement.dataset['theme'];

/** The chosen theme. `theme-boot.js` applies it before the first paint. */
export const theme = signal<Theme>(now === 'light' || now === 'dark' ? now : 'auto');

/** Chooses a theme and keeps the choice in this browser. */
export function setTheme(chosen: Theme): void {
  theme.value = chosen;
  if (chosen === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
  try {
    if (chosen === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
  } catch { /* storage is off: the choice lasts for this page */ }
}
