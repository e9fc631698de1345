import type { Words } from '../parts.ts';

/** Suche. */
export const search: Words<'search'> = {
  'title': 'Suche',
  'label': 'Wonach suchst du?',
  'hint': 'Worte, ein Name, ein #Schlagwort',
  'go': 'Suchen',
  'in': 'Wo gesucht wird',
  'in.all': 'Überall',
  'in.own': 'Meine Beiträge',
  'people': 'Leute',
  'tags': 'Schlagwörter',
  'none': 'Nichts über „{q}“',
  'none.text': 'Gesucht wird in allem, was du lesen darfst.',
  'none.own': 'Nichts von dir über „{q}“',
  'none.own.act': 'Überall suchen',
  'none.posts': 'Keine Beiträge mit diesen Worten',
  'here': 'Das Haus hat nicht geantwortet. Das ist aus den letzten Beiträgen, die dieser Browser aufbewahrt.',
  'here.again': 'Das Haus fragen',
  'how': 'Wie gesucht wird',
  'how.words': 'Alle Worte müssen vorkommen; das letzte darf ein Anfang sein.',
  'how.phrase': 'Worte, die beieinander stehen',
  'how.from': 'Was eine Person schrieb',
  'how.has': 'Beiträge mit Bildern; ebenso has:poll und has:link',
  'how.own': 'Gesucht wird nur, was du lesen darfst, und niemand erfährt, wonach du suchst.',
};
