/** The sheet of keys: loaded when it is opened. */
export const sheet = {
  'title': 'Keys',
  'j': 'Next post',
  'k': 'Post before',
  'o': 'Open the conversation',
  'r': 'Reply',
  'l': 'Like',
  'b': 'Boost',
  'q': 'Quote',
  'n': 'Write',
  '/': 'Search',
  'g h': 'Home',
  'g n': 'News',
  '?': 'This sheet',
  'send': 'Send what you write',
  'on': 'Single keys do something',
  'on.text': 'Switch them off if you speak to the computer, or if keys are hit by accident. Ctrl+Enter and Esc stay. You find this under Settings, Reading, too.',
} as const;
