/** The banner on Home until the recovery words are on paper. */
export const reminder = {
  'title': 'Write down your recovery words',
  'text': 'Ten quiet minutes and a sheet of paper. They prove who you are if this browser is lost.',
  'go': 'Show the words',
  'later': 'Later',
} as const;
