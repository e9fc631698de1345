import type { Words } from '../parts.ts';

/** Meldungen, die Seite des Hauses, was die Hausverwaltung tut. */
export const care: Words<'care'> = {
  'report.post': 'Diesen Beitrag melden',
  'report.person': '{name} melden',
  'report.why': 'Was ist los?',
  'reason.rules': 'Es bricht eine Regel dieses Hauses',
  'reason.hurts': 'Es verletzt oder bedroht jemanden',
  'reason.private': 'Es zeigt etwas Privates',
  'reason.noise': 'Es ist Werbung oder Lärm',
  'reason.danger': 'Jemand ist in Gefahr',
  'reason.other': 'Etwas anderes',
  'report.words': 'Mit eigenen Worten',
  'report.words.hint': 'Freiwillig. Nur die Hausverwaltung liest das.',
  'report.hide': 'Mir diesen Beitrag nicht mehr zeigen',
  'report.carries.post': 'Die Hausverwaltung bekommt diesen Beitrag so, wie du ihn jetzt lesen kannst, auch wo er nicht für sie war, und deinen Namen dazu. {name} erfährt nicht, wer gemeldet hat.',
  'report.carries.person': 'Die Hausverwaltung bekommt dieses Profil so, wie du es jetzt lesen kannst, und deinen Namen dazu. {name} erfährt nicht, wer gemeldet hat.',
  'cancel': 'Abbrechen',
  'report.send': 'An die Hausverwaltung schicken',
  'report.sent': 'Geschickt. Die Hausverwaltung sieht es sich an, und du hörst davon.',
};
