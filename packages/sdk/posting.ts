import { path, withQuery, type CallOptions, type Send } from './request.ts';
import type { Audience, Choices, Image, Page, PageQuery, PostItem, Quotable, Reactions, Ref, Votes } from './types.ts';

/** The words of one post: pictures as the house gave them, with what is in them (`alt`). */
export interface NewWords { text: string; warning?: string; images?: Image[] }

/** What is true of a post or of several: the first may answer and quote, the last may ask; `minutes`: how long a poll is open, 5 to 43200. */
export interface AboutPost {
  audience: Audience; replyTo?: Ref; lang?: string; quote?: Ref; quotes?: Quotable; poll?: { options: string[]; minutes: number; multiple: boolean };
}

/** Writing posts, and what people do to those of others. */
export const posting = (send: Send) => ({
  /**
   * Posts. The same `idempotencyKey` twice makes one post. 400 `bad_text`, `bad_poll`, `reply_too_wide`, `quote_too_wide`, `few_words_only`,
   * `image_unknown`; 403 `quote_not_allowed`; 404 `post_unknown`; 409 `key_reused`; 410 `post_removed`.
   */
  post: (input: NewWords & AboutPost, idempotencyKey: string, options?: CallOptions) =>
    send<PostItem>('/microblog/posts', { ...options, method: 'POST', body: input, headers: { 'idempotency-key': idempotencyKey } }),
  /** Posts several that answer one another, 2 to 25, all or none. 400 `bad_thread`, and what `post` says. */
  postThread: (input: { posts: NewWords[] } & AboutPost, idempotencyKey: string, options?: CallOptions) =>
    send<{ items: PostItem[] }>('/microblog/threads', { ...options, method: 'POST', body: input, headers: { 'idempotency-key': idempotencyKey } }),
  /** Gives one's own post other words; `warning` null takes it away, and what is left out stays, but for `lang`. 400 `poll_fixed`. */
  edit: (key: string, words: { text: string; lang?: string; warning?: string | null; images?: Image[] }) => send<PostItem>(path('microblog', 'posts', key), { method: 'PUT', body: words }),
  /** Likes a post of somebody else; only its author is told. 404 `post_unknown`, 400 `like_self`. */
  like: (post: Ref) => send<{ liked: boolean }>(path('microblog', 'posts', post.persona, post.key, 'like'), { method: 'PUT' }),
  unlike: (post: Ref, options?: CallOptions) => send<{ liked: boolean }>(path('microblog', 'posts', post.persona, post.key, 'like'), { ...options, method: 'DELETE' }),
  /** Passes a post on to one's followers, as far as they may read it. 409 `boost_not_allowed`. */
  boost: (post: Ref) => send<{ boosted: boolean }>(path('microblog', 'posts', post.persona, post.key, 'boost'), { method: 'PUT' }),
  unboost: (post: Ref, options?: CallOptions) => send<{ boosted: boolean }>(path('microblog', 'posts', post.persona, post.key, 'boost'), { ...options, method: 'DELETE' }),
  /** Keeps a post to come back to; nobody is told. */
  bookmark: (post: Ref) => send<{ bookmarked: boolean }>(path('microblog', 'posts', post.persona, post.key, 'bookmark'), { method: 'PUT' }),
  unbookmark: (post: Ref, options?: CallOptions) => send<{ bookmarked: boolean }>(path('microblog', 'posts', post.persona, post.key, 'bookmark'), { ...options, method: 'DELETE' }),
  /** Hears no more news of the conversation that a post is of; nobody is told. 404 `post_unknown`. */
  mute: (post: Ref) => send<{ muted: boolean }>(path('microblog', 'posts', post.persona, post.key, 'mute'), { method: 'PUT' }),
  unmute: (post: Ref, options?: CallOptions) => send<{ muted: boolean }>(path('microblog', 'posts', post.persona, post.key, 'mute'), { ...options, method: 'DELETE' }),
  /** Votes, once; the author sees who and what. The same again is one vote. 409 `poll_over`, `voted_before`; 400 `bad_choice`, `no_poll`, `vote_self`. */
  vote: (post: Ref, choices: readonly number[]) => send<PostItem>(path('microblog', 'posts', post.persona, post.key, 'vote'), { method: 'POST', body: { choices } }),
  /** Who voted what in a poll of one's own, the first one first. 404 `post_unknown`, 400 `no_poll`. */
  votesOf: (post: Ref, options?: CallOptions) => send<Votes>(path('microblog', 'posts', post.persona, post.key, 'votes'), options),
  /** Who likes a post of one's own, or who boosts it, newest first; `next` leads on, as `before`. Nobody else is told. 404 `post_unknown`. */
  reactionsTo: (key: string, query: { kind: 'like' | 'boost'; before?: string; first?: number }, options?: CallOptions) =>
    send<Reactions>(withQuery(path('microblog', 'posts', key, 'reactions'), { ...query }), options),
  /** Says who may quote one's own post from now on. */
  setQuotable: (key: string, quotes: Quotable) => send<PostItem>(path('microblog', 'posts', key, 'quotes'), { method: 'PUT', body: { quotes } }),
  /** What quotes one's own post. */
  quotesOf: (post: Ref, query: PageQuery = {}, options?: CallOptions) => send<Page>(withQuery(path('microblog', 'posts', post.persona, post.key, 'quotes'), { ...query }), options),
  /** Withdraws one's own post from `by`, which quotes it. */
  withdraw: (key: string, by: Ref) => send<void>(path('microblog', 'posts', key, 'quotes', by.persona, by.key), { method: 'DELETE' }),
  /** Puts one's own post before the others on one's page. 409 `pin_full`, `pin_narrow`. */
  pin: (key: string) => send<{ pinned: string[] }>(path('microblog', 'posts', key, 'pin'), { method: 'PUT' }),
  unpin: (key: string, options?: CallOptions) => send<{ pinned: string[] }>(path('microblog', 'posts', key, 'pin'), { ...options, method: 'DELETE' }),
  choices: (options?: CallOptions) => send<Choices>('/microblog/choices', options),
  setChoices: (choices: Choices) => send<Choices>('/microblog/choices', { method: 'PUT', body: choices }),
});
