import type { Words } from '../parts.ts';

/** Gründen, einziehen, anmelden. */
export const entry: Words<'entry'> = {
  'entry.login': 'Anmelden',
};
