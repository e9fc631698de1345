import type { Words } from '../parts.ts';

/** Worte zu Arbeit, die dauert. */
export const jobs: Words<'jobs'> = {
  'job.of': '{done} von {of}',
  'job.some': '{done} bis jetzt',
  'job.begins': 'Beginnt…',
  'job.cancel.name': 'Abbrechen: {label}',
  'job.failed': 'Es ging nicht: {say}',
  'job.cancelled': 'Du hast es abgebrochen.',
  'job.interrupted': 'Das Haus wurde währenddessen angehalten. Beginne noch einmal: Was getan ist, wird nicht zweimal getan.',
};
