import type { Words } from '../parts.ts';

/** Was aus eigenen Beiträgen wurde. */
export const posted: Words<'posted'> = {
  'votes': 'Wer wie abgestimmt hat',
  'votes.failed': 'Die Stimmen ließen sich nicht laden',
  'votes.none': 'Das hat niemand gewählt',
  'votes.more': '{n, plural, one {# weitere Person hat abgestimmt, die dir nicht gezeigt wird.} other {# weitere Leute haben abgestimmt, die dir nicht gezeigt werden.}}',
  'votes.text': 'Nur du siehst das. Wer abgestimmt hat, wusste es vorher.',
  'reactions': 'Wem es gefällt, wer es weitergibt',
  'reactions.like': 'Gefällt',
  'reactions.boost': 'Weitergegeben von',
  'reactions.like.none': 'Noch gefällt es niemandem',
  'reactions.boost.none': 'Niemand hat es weitergegeben',
  'reactions.loading': 'Die Namen werden geladen',
  'reactions.more': 'Mehr zeigen',
  'reactions.text': 'Nur du siehst, wer es ist.',
  'quotes': 'Was deinen Beitrag zitiert',
  'quotes.text': 'Soweit du es lesen darfst. Im Menü jedes Beitrags kannst du deinen herausnehmen.',
  'quotes.empty': 'Niemand hat ihn zitiert',
  'quotes.empty.text': 'Beiträge, die ihn zitieren, stehen hier, soweit sie für dich bestimmt sind.',
  'quotes.empty.act': 'Zurück zum Beitrag',
};
