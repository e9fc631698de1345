import type { JsonObject } from '@commonhold/core';
import type { NewPost, NewThread, PageInput, PostImage, Quotable, Ref, WebDeps } from '../ports.ts';
import { created, none, ok, okText, signedIn, type Route } from '../route.ts';
import { choicesShape, flag, imageShape, list, named, oneOf, postAudience, quotable, refShape, shape, text, whole } from '../shapes.ts';
import { idempotencyKey } from './idempotency.ts';

const write = { auth: 'session', limit: 'write' } as const;
const THREAD_BYTES = 512 * 1024;

const poll: JsonObject = shape({ options: list(text(80), 8), minutes: whole(5, 43_200), multiple: flag });
/** As it is asked for or as it is shown: that it is there is refused, whatever it says. */
const anyPoll: JsonObject = shape({ 'options?': list(text(80), 8), 'minutes?': whole(0, 43_200), 'multiple?': flag, 'until?': { type: 'integer' }, 'counts?': list({ type: 'integer' }, 8), 'voters?': { type: 'integer' } });
const images = list(imageShape, 4);
const about = { audience: postAudience, 'replyTo?': refShape, 'lang?': text(35, 2), 'poll?': poll, 'quote?': refShape, 'quotes?': quotable };
const words = { text: text(5000), 'warning?': text(200, 1), 'images?': images };
const refusals = ['bad_idempotency_key', 'bad_text', 'bad_poll', 'reply_too_wide', 'post_unknown', 'quote_not_allowed', 'quote_too_wide', 'few_words_only', 'image_unknown', 'key_reused', 'post_removed'];
const pinned = { 200: shape({ pinned: list({ type: 'string' }, 5) }) };
const postOf = (params: Readonly<Record<string, string>>): Ref => ({ persona: params['persona']!, key: params['key']! });

/** Writing posts, one or several that answer one another, and giving them other words. */
export function postingRoutes({ microblog }: Pick<WebDeps, 'microblog'>): Route[] {
  return [
    signedIn<Omit<NewPost, 'idempotencyKey'>>({
      ...write, method: 'POST', path: '/microblog/posts', summary: 'Post, reply, quote, ask; on disk when answered. Idempotency-Key makes a repeated call one post',
      body: shape({ ...words, ...about }), answers: { 201: named('PostItem') }, problems: refusals,
      handler: async ({ caller, body, headers }) => created(await microblog.post(caller, { ...body, ...idempotencyKey(headers['idempotency-key']) })),
    }),
    signedIn<Omit<NewThread, 'idempotencyKey'>>({
      ...write, method: 'POST', path: '/microblog/threads', summary: 'Post several that answer one another, all or none; the first may quote, the last may ask. Idempotency-Key as for one',
      body: shape({ posts: list(shape(words), 25), ...about }), most: THREAD_BYTES, answers: { 201: shape({ items: list(named('PostItem'), 25) }) }, problems: [...refusals, 'bad_thread'],
      handler: async ({ caller, body, headers }) => created(await microblog.postThread(caller, { ...body, ...idempotencyKey(headers['idempotency-key']) })),
    }),
    signedIn<{ text: string; lang?: string; warning?: string | null; images?: PostImage[]; poll?: object }>({
      ...write, method: 'PUT', path: '/microblog/posts/{key}', summary: 'Give one of your posts other words, another warning, other pictures; the earlier ones stay in its history',
      body: shape({ text: text(5000), 'lang?': text(35, 2), 'warning?': { type: ['string', 'null'], minLength: 1, maxLength: 200 }, 'images?': images, 'poll?': anyPoll }),
      answers: { 200: named('PostItem') }, problems: ['bad_text', 'post_unknown', 'poll_fixed', 'few_words_only', 'image_unknown'],
      handler: async ({ caller, params, body }) => ok(await microblog.edit(caller, params['key']!, body)),
    }),
    signedIn<{ choices: number[] }>({
      ...write, method: 'POST', path: '/microblog/posts/{persona}/{key}/vote', summary: 'Vote in a poll, once; its author sees who voted what. The same again is one vote', answers: { 200: named('PostItem') },
      body: shape({ choices: list(whole(0, 7), 8) }), problems: ['post_unknown', 'no_poll', 'vote_self', 'poll_over', 'voted_before', 'bad_choice'],
      handler: async ({ caller, params, body }) => ok(await microblog.vote(caller, postOf(params), body.choices)),
    }),
    signedIn({
      method: 'GET', path: '/microblog/posts/{persona}/{key}/votes', summary: 'Who voted what in a poll of your own, the first one first; `more`: how many are not named', auth: 'session', limit: 'page',
      answers: { 200: shape({ votes: list(shape({ by: named('Person'), choices: list(whole(0, 7), 8) }), 500), more: { type: 'integer' } }) }, problems: ['post_unknown', 'no_poll'],
      handler: async ({ caller, params }) => okText(await microblog.votesOf(caller, postOf(params))),
    }),
    signedIn<unknown, { kind: 'like' | 'boost'; before?: string; first?: number }>({
      method: 'GET', path: '/microblog/posts/{key}/reactions', summary: 'Who likes one of your posts, or who boosts it, newest first; nobody else is told', auth: 'session', limit: 'page',
      query: shape({ kind: oneOf('like', 'boost'), 'before?': text(200, 1), 'first?': whole(1, 100) }),
      answers: { 200: shape({ people: list(named('Person'), 100), next: { type: ['string', 'null'] } }) }, problems: ['post_unknown', 'bad_cursor'],
      handler: async ({ caller, params, query }) => okText(await microblog.reactionsTo(caller, params['key']!, query)),
    }),
  ];
}

/** Who may quote what, what is pinned, and what somebody chose for all their posts. */
export function consentRoutes({ microblog }: Pick<WebDeps, 'microblog'>, paging: JsonObject, pageOf: (query: object) => PageInput): Route[] {
  return [
    signedIn<{ quotes: Quotable }>({
      ...write, method: 'PUT', path: '/microblog/posts/{key}/quotes', summary: 'Say who may quote one of your posts from now on', body: shape({ quotes: quotable }),
      answers: { 200: named('PostItem') }, problems: ['post_unknown'], handler: async ({ caller, params, body }) => ok(await microblog.setQuotable(caller, params['key']!, body.quotes)),
    }),
    signedIn<unknown, object>({
      method: 'GET', path: '/microblog/posts/{persona}/{key}/quotes', summary: 'What quotes one of your posts, as far as you may read it, newest first', auth: 'session', limit: 'page', query: paging,
      answers: { 200: named('Page') }, problems: ['post_unknown', 'before_or_after', 'bad_cursor'], handler: async ({ caller, params, query }) => okText(await microblog.quotesOf(caller, postOf(params), pageOf(query))),
    }),
    signedIn({
      ...write, method: 'DELETE', path: '/microblog/posts/{key}/quotes/{persona}/{by}', summary: 'Withdraw one of your posts from a post that quotes it', answers: { 204: null }, problems: ['post_unknown'],
      handler: async ({ caller, params }) => { await microblog.withdraw(caller, params['key']!, { persona: params['persona']!, key: params['by']! }); return none(); },
    }),
    signedIn({
      ...write, method: 'PUT', path: '/microblog/posts/{key}/pin', summary: 'Put one of your posts before the others on your page', answers: pinned, problems: ['post_unknown', 'pin_full', 'pin_narrow'],
      handler: async ({ caller, params }) => ok(await microblog.pin(caller, params['key']!)),
    }),
    signedIn({
      ...write, method: 'DELETE', path: '/microblog/posts/{key}/pin', summary: 'Take it from there', answers: pinned,
      handler: async ({ caller, params }) => ok(await microblog.unpin(caller, params['key']!)),
    }),
    signedIn({
      method: 'GET', path: '/microblog/choices', summary: 'What you chose for your posts', auth: 'session', limit: 'read', answers: { 200: named('Choices') },
      handler: ({ caller }) => ok(microblog.choices(caller)),
    }),
    signedIn<{ quotes: Quotable; counts: boolean; lang?: string }>({
      ...write, method: 'PUT', path: '/microblog/choices', summary: 'Choose who may quote what says nothing of it, whether numbers stand beside your posts, and in which language you write',
      body: choicesShape, answers: { 200: named('Choices') }, handler: async ({ caller, body }) => ok(await microblog.setChoices(caller, body)),
    }),
  ];
}
