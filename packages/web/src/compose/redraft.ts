import type { PostItem } from '@commonhold/sdk';
import { removePost } from '../state/gone.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { drafts } from './drafts.ts';
import { goOn } from './goOn.ts';

/** What a post was made of, to be written anew. */
export function draftOf({ audience, body: { text, lang, replyTo } }: PostItem): Draft {
  return { ...emptyDraft(audience), parts: [{ text }], ...(lang ? { lang } : {}), ...(replyTo ? { replyTo } : {}), updatedAt: Date.now() };
}

/** Deletes one's own post (in five seconds, unless undone: then it calls `onBack`) and brings its words back to the composer. Answers as `goOn` does. */
export function redraft(item: PostItem, onBack: () => void): ReturnType<typeof goOn> {
  const draft = draftOf(item);
  const where = goOn(item.persona, { context: '', draft });
  removePost(item, () => {
    drafts.forget(item.persona, draft);
    onBack();
  });
  return where;
}
