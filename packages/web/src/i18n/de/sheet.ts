import type { Words } from '../parts.ts';

/** Das Blatt der Tasten. */
export const sheet: Words<'sheet'> = {
  'title': 'Tasten',
  'j': 'Nächster Beitrag',
  'k': 'Voriger Beitrag',
  'o': 'Gespräch öffnen',
  'r': 'Antworten',
  'l': 'Herz geben',
  'b': 'Weitergeben',
  'q': 'Zitieren',
  'n': 'Schreiben',
  '/': 'Suchen',
  'g h': 'Start',
  'g n': 'Neues',
  '?': 'Dieses Blatt',
  'send': 'Senden, was du schreibst',
  'undo': 'Rückgängig, solange es angeboten wird',
  'on': 'Einzelne Tasten tun etwas',
  'on.text': 'Schalte sie aus, wenn du mit dem Rechner sprichst oder Tasten aus Versehen triffst. Strg+Eingabe, Strg+Z und Esc bleiben. Den Schalter findest du auch unter Einstellungen, Lesen.',
};
