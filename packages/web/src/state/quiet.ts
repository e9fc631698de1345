import { computed } from '@preact/signals';
import { lies } from '../words/hours.ts';
import { now } from './clock.ts';
import { unread } from './news.ts';
import { wanted } from './newsSettings.ts';

const minuteOf = (ms: number): number => { const at = new Date(ms); return at.getHours() * 60 + at.getMinutes(); };

/** Whether it is quiet where the reader is, just now. */
export const isQuiet = computed(() => {
  const hours = wanted.value?.quiet;
  return hours ? lies(minuteOf(now.value), hours) : false;
});

/** How much is unread, as far as a badge may say so now. */
export const announced = computed(() => (isQuiet.value ? 0 : unread.value));
