import type { Words } from '../parts.ts';

/** Einstellungen und Einladungen. */
export const settings: Words<'settings'> = {
  'settings.title': 'Einstellungen',
};
