import { freshName, readWords, type Draft, type Written } from './draft.ts';
import { answersOf } from './ready.ts';

/** What the house is asked for to post a draft: the route, and the body. */
export interface Asking { path: '/microblog/posts' | '/microblog/threads' | '/microblog/scheduled'; body: Record<string, unknown> }

const tidy = ({ text, warning, images }: Written): Written => ({ text: text.trim(), ...(warning?.trim() ? { warning: warning.trim() } : {}), ...(images?.length ? { images } : {}) });

/** What is true of all the posts of a draft. */
function about({ audience, replyTo, quote, quotes, lang, poll }: Draft): Record<string, unknown> {
  return {
    audience, ...(replyTo ? { replyTo } : {}), ...(quote ? { quote } : {}), ...(quotes ? { quotes } : {}), ...(lang ? { lang } : {}),
    ...(poll ? { poll: { options: answersOf(poll), minutes: poll.minutes, multiple: poll.multiple } } : {}),
  };
}

/** How a draft is posted: now, several in a row, or later. */
export function asking(draft: Draft): Asking {
  const parts = draft.parts.map(tidy);
  if (draft.due !== undefined) return { path: '/microblog/scheduled', body: { parts, ...about(draft), due: draft.due } };
  if (parts.length > 1) return { path: '/microblog/threads', body: { posts: parts, ...about(draft) } };
  return { path: '/microblog/posts', body: { ...parts[0], ...about(draft) } };
}

/** The draft that a body was made of, to be written on; null for what is none. Its key stays: it may have arrived. */
export function draftOfBody(key: string, body: unknown): Draft | null {
  const { posts, ...rest } = body as Record<string, unknown>;
  const words = readWords(posts === undefined ? rest : { ...rest, parts: posts });
  return words && { ...words, id: freshName(), key, updatedAt: Date.now() };
}
