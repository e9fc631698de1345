import type { Words } from '../parts.ts';

/** Entwürfe, und Beiträge, die auf ihre Zeit warten. */
export const drafts: Words<'drafts'> = {
  'drafts': 'Entwürfe',
  'drafts.none': 'Keine Entwürfe',
  'drafts.none.text': 'Was du zu schreiben beginnst, bleibt hier, bis du es sendest.',
  'drafts.none.act': 'Etwas schreiben',
  'drafts.here': 'In diesem Browser aufbewahrt.',
  'drafts.go': 'Weiterschreiben',
  'drafts.delete': 'Löschen',
  'drafts.delete.name': 'Den Entwurf löschen: {text}',
  'drafts.go.name': 'Weiterschreiben: {text}',
  'drafts.deleted': 'Entwurf gelöscht',
  'drafts.open': 'gerade offen',
  'drafts.reply': 'Antwort an {name}',
  'drafts.reply.someone': 'Eine Antwort',
  'drafts.quote': 'Ein Zitat',
  'drafts.parts': '{n, plural, one {# Beitrag} other {# Beiträge}} hintereinander',
  'drafts.poll': 'Umfrage',
  'drafts.pictures': '{n, plural, one {# Bild} other {# Bilder}}',
  'drafts.swapped': 'Was du gerade schriebst, ist bei deinen Entwürfen.',
  'drafts.wordless': 'Ohne Worte',
};
