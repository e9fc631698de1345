import type { Words } from '../parts.ts';

/** Schreiben, über die Worte eines Beitrags hinaus. */
export const compose: Words<'compose'> = {
  'complete': 'Vorschläge',
  'complete.count': '{n, plural, one {# Vorschlag} other {# Vorschläge}}. Pfeile wählen, Eingabe übernimmt.',
  'language': 'Sprache dieses Beitrags',
  'language.none': 'Nicht gesagt',
  'language.yours': 'Deines Browsers',
  'language.all': 'Alle',
};
