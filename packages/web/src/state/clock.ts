import { signal } from '@preact/signals';
import { locale, t } from '../i18n/index.ts';
import type { Clock } from '../words/time.ts';

const TICK_MS = 30_000;

/** The time in ms, told anew every half minute while the page is seen. */
export const now = signal(Date.now());
const tell = () => { if (!document.hidden) now.value = Date.now(); };
setInterval(tell, TICK_MS);
document.addEventListener('visibilitychange', tell);

/** How this page says times. */
export const clock: Clock = { locale, get now() { return t('time.now'); } };
