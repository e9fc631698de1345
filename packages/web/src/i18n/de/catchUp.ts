import type { Words } from '../parts.ts';

/** Nachlesen. */
export const catchUp: Words<'catchUp'> = {
  'title': 'Nachlesen',
  'ask': 'Wie weit zurück?',
  'hours': '{n, plural, one {# Stunde} other {# Stunden}}',
  'days': '{n, plural, one {# Tag} other {# Tage}}',
  'text': 'Was die Leute, denen du folgst, inzwischen schrieben, Person für Person. Es ist so viel, wie es ist, und dann ist Schluss.',
  'show': 'Zeigen',
  'all': 'Alles',
  'posts': 'Beiträge',
  'replies': 'Antworten',
  'boosts': 'Weitergegebenes',
  'pictures': 'Bilder',
  'order': 'Zuerst',
  'order.quiet': 'Leise Stimmen',
  'order.new': 'Das Neueste',
  'n': '{n, plural, one {# Beitrag} other {# Beiträge}}',
  'more': '{n} weitere von {name}',
  'none': 'Nichts in {span}',
  'none.text': 'Niemand, dem du folgst, hat geschrieben. Du hast nichts verpasst.',
  'none.kind': 'Nichts von dieser Art.',
  'end': 'Das war’s.',
  'end.text': 'Du musst nicht alles lesen.',
  'end.more': 'Das sind die neuesten {n}. Es gab mehr, und das ist in Ordnung.',
  'end.home': 'Zum Start',
  'failed': 'Das wurde nicht geladen',
};
