import { signal } from '@preact/signals';

/** A contract that was pasted, on its way to the screen that shows it. */
export const pasted = signal<Record<string, unknown> | null>(null);
