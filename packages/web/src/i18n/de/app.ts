import type { Words } from '../parts.ts';

/** Was um jede Seite herum bleibt. */
export const app: Words<'app'> = {
  'unsent': 'Noch nicht gesendet',
  'unsent.waiting': 'Noch nicht gesendet. Es geht hinaus, sobald du wieder online bist.',
  'unsent.soon': 'Noch nicht gesendet. Gleich kommt ein neuer Versuch.',
  'unsent.sending': 'Wird gesendet…',
  'unsent.refused': 'Nicht gesendet. {detail}',
  'unsent.edit': 'Bearbeiten',
  'unsent.edit.name': 'Bearbeiten: {what}',
  'unsent.drop': 'Verwerfen',
  'unsent.drop.name': 'Nicht senden: {what}',
  'unsent.again.name': 'Noch einmal: {what}',
  'unsent.like': 'Ein Herz für {name}',
  'unsent.unlike': 'Ein Herz für {name}, zurückgenommen',
  'unsent.follow': '{name} folgen',
  'unsent.unfollow': '{name} nicht mehr folgen',
  'accounts.switch': 'Als jemand anderes weitermachen',
  'accounts.as': 'Du schreibst als {name} @{handle}',
  'update.here': 'Eine neuere App ist da.',
  'update.go': 'Öffnen',
};
