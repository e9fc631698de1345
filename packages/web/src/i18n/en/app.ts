/** What stays around every page: what waits to be sent. */
export const app = {
  'unsent': 'Not sent yet',
  'unsent.waiting': 'Not sent yet. It will go when you are back online.',
  'unsent.soon': 'Not sent yet. Trying again in a moment.',
  'unsent.sending': 'Sending…',
  'unsent.refused': 'Not sent. {detail}',
  'unsent.edit': 'Edit',
  'unsent.edit.name': 'Edit: {what}',
  'unsent.drop': 'Drop',
  'unsent.drop.name': 'Do not send: {what}',
  'unsent.again.name': 'Try again: {what}',
  'unsent.like': 'A like for {name}',
  'unsent.unlike': 'A like for {name}, taken back',
  'unsent.follow': 'Following {name}',
  'unsent.unfollow': 'Following {name} no more',
} as const;
