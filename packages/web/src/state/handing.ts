import { t } from '../posts/words.ts';
import { idOf } from './merge.ts';
import { makeToggle } from './toggle.ts';

/** What the reader has passed on. */
export const boosts = makeToggle({
  verb: 'boost', of: (item) => item.boosted === true,
  label: (yes, name) => t(yes ? 'unsent.boost' : 'unsent.unboost', { name }), failed: (yes) => t(yes ? 'boost.failed' : 'unboost.failed'),
});

/** What the reader keeps to come back to. */
export const bookmarks = makeToggle({
  verb: 'bookmark', of: (item) => item.bookmarked === true,
  label: (yes, name) => t(yes ? 'unsent.keep' : 'unsent.unkeep', { name }), failed: (yes) => t(yes ? 'keep.failed' : 'unkeep.failed'),
});

/** Conversations of which the reader wants no news: any post of one stands for all of it. */
export const mutes = makeToggle({
  verb: 'mute', of: (item) => item.muted === true, about: (item) => idOf(item.body.root ?? item.body.replyTo ?? item),
  label: (yes, name) => t(yes ? 'unsent.mute' : 'unsent.unmute', { name }), failed: (yes) => t(yes ? 'mute.failed' : 'unmute.failed'),
});
