import { computed, signal } from '@preact/signals';

const online = signal(navigator.onLine);
addEventListener('online', () => { online.value = true; });
addEventListener('offline', () => { online.value = false; });

/** False while the live stream is cut and tries again; the stream sets it. */
export const houseAnswers = signal(true);

/** How things stand: `offline` is this device, `cut` the house. */
export const connection = computed<'on' | 'offline' | 'cut'>(() => !online.value ? 'offline' : houseAnswers.value ? 'on' : 'cut');
