import { freshName, readWords, type Draft } from './draft.ts';

/** What the house is asked for to post a draft: the route, and the body. */
export interface Asking { path: '/microblog/posts' | '/microblog/threads' | '/microblog/scheduled'; body: Record<string, unknown> }

/** How a draft is posted. */
export function asking({ parts: [{ text, images }], audience, replyTo, lang }: Draft): Asking {
  return { path: '/microblog/posts', body: { text: text.trim(), audience, ...(images?.length ? { images } : {}), ...(replyTo ? { replyTo } : {}), ...(lang ? { lang } : {}) } };
}

/** The draft that a body was made of, to be written on; null for what is none. Its key stays: it may have arrived. */
export function draftOfBody(key: string, body: unknown): Draft | null {
  const words = readWords(body as Record<string, unknown>);
  return words && { ...words, id: freshName(), key, updatedAt: Date.now() };
}
