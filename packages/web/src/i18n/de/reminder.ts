import type { Words } from '../parts.ts';

/** Der Hinweis am Start, bis die Wiederherstellungswörter auf Papier stehen. */
export const reminder: Words<'reminder'> = {
  'title': 'Schreib deine Wieder\u00ADherstellungs\u00ADwörter auf',
  'text': 'Zehn ruhige Minuten und ein Blatt Papier. Sie zeigen, wer du bist, wenn dieser Browser verloren geht.',
  'go': 'Wörter zeigen',
  'later': 'Später',
};
