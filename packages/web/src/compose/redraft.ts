import type { PostItem } from '@commonhold/sdk';
import { removePost } from '../state/gone.ts';
import { writing } from '../state/writing.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { drafts } from './drafts.ts';
import { contextOf, goOn } from './goOn.ts';

const MINUTE = 60_000;
const FIVE = 5;

/** What a post was made of, to be written anew; a poll is open for as long as it was. */
export function draftOf({ audience, body: { text, warning, images, poll, createdAt, lang, replyTo, quote, quotes } }: PostItem): Draft {
  const asked = poll && { options: poll.options, multiple: poll.multiple, minutes: Math.max(FIVE, Math.round((poll.until - createdAt) / MINUTE)) };
  return {
    ...emptyDraft(audience), parts: [{ text, ...(warning ? { warning } : {}), ...(images ? { images } : {}) }], ...(lang ? { lang } : {}), ...(replyTo ? { replyTo } : {}),
    ...(quote ? { quote } : {}), ...(quotes ? { quotes } : {}), ...(asked ? { poll: asked } : {}), updatedAt: Date.now(),
  };
}

/** Deletes one's own post (in five seconds, unless undone: then it calls `onBack`) and brings its words back to the composer. */
export function redraft(item: PostItem, route: (to: string) => void, onBack: () => void): void {
  const draft = draftOf(item);
  removePost(item, () => {
    drafts.forget(item.persona, draft);
    writing.value = null;
    onBack();
  });
  goOn(item.persona, { context: '', draft }, route);
  // Its pictures go with the post, unless something else of one's own names them by then.
  if (item.body.images) void import('./copies.ts').then(({ copyNow }) => copyNow(item.persona, contextOf(draft)), () => undefined);
}
