/** Writing, beyond the words of a post: loaded when it is asked for. */
export const compose = {
  'complete': 'Suggestions',
  'complete.count': '{n, plural, one {# suggestion} other {# suggestions}}. Arrows choose, Enter takes.',
  'language': 'Language of this post',
  'language.none': 'Not said',
  'language.yours': 'Of your browser',
  'language.all': 'All',
} as const;
