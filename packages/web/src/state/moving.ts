import { signal } from '@preact/signals';

/** The export that somebody chose on their way in; sent from the next page. */
export const exportFile = signal<File | null>(null);
