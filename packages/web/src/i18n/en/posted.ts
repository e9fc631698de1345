/** What became of one's own posts: loaded when it is asked for. */
export const posted = {
  'votes': 'Who voted how',
  'votes.failed': 'The votes did not load',
  'votes.none': 'Nobody chose this',
  'votes.more': '{n, plural, one {# more person} other {# more people}} voted whom you are not shown.',
  'votes.text': 'Only you see this. Whoever voted was told so before.',
  'quotes': 'What quotes your post',
  'quotes.text': 'As far as you may read them. In the menu of each you can take your post out of it.',
  'quotes.empty': 'Nobody has quoted it',
  'quotes.empty.text': 'Posts that quote it stand here, as far as they are for you.',
  'quotes.empty.act': 'Back to the post',
} as const;
