import { Refusal } from '@commonhold/core';
import type { PageInput, WebDeps } from '../ports.ts';
import { none, ok, okText, route, signedIn, type Route } from '../route.ts';
import { actRoutes } from './acts.ts';
import { consentRoutes, postingRoutes } from './posting.ts';
import { list, named, oneOf, postAudience, shape, text, whole } from '../shapes.ts';

/** Cursors and size of a page, as asked for. */
export interface PageQuery { before?: string; after?: string; first?: number }

const FIRST = 50;
/** Query of every route that answers a page. */
export const paging = { 'before?': text(200, 1), 'after?': text(200, 1), 'first?': whole(1, 100) };
/** Answers of such a route. */
export const page = { 200: named('Page') };

/** Which page is asked for. Refuses `before_or_after`. */
export const pageOf = ({ before, after, first = FIRST }: PageQuery): PageInput => {
  if (before !== undefined && after !== undefined) throw new Refusal('invalid', 'before_or_after', 'Ask for older or for newer posts, not both.', { field: 'after' });
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }), first };
};

/** Changing what one has posted: whom it is for, its history, what is kept under it. */
function ownRoutes({ microblog }: Pick<WebDeps, 'microblog'>): Route[] {
  const write = { auth: 'session', limit: 'write' } as const;
  return [
    signedIn<{ audience: string }>({
      ...write, method: 'PUT', path: '/microblog/posts/{key}/audience', summary: 'Say anew who may read one of your posts',
      body: shape({ audience: postAudience }), answers: { 200: named('PostItem') }, problems: ['reply_too_wide', 'quote_too_wide', 'post_unknown'],
      handler: async ({ caller, params, body }) => ok(await microblog.setAudience(caller, params['key']!, body.audience)),
    }),
    route({
      method: 'GET', path: '/microblog/posts/{persona}/{key}/versions', summary: 'Earlier wordings of a post, newest first', auth: 'any', limit: 'read',
      answers: { 200: shape({ versions: list(named('Version')) }) }, problems: ['post_unknown'],
      handler: async ({ caller, params }) => ok({ versions: await microblog.versions(caller, { persona: params['persona']!, key: params['key']! }) }),
    }),
    signedIn({
      ...write, method: 'DELETE', path: '/microblog/posts/{key}/versions', summary: 'Erase the earlier wordings of one of your posts', answers: { 204: null }, problems: ['post_unknown'],
      handler: async ({ caller, params }) => { await microblog.forget(caller, params['key']!); return none(); },
    }),
    signedIn({
      ...write, method: 'DELETE', path: '/microblog/replies/{persona}/{key}', summary: "Keep somebody's reply under one of your posts no more; they are not told",
      answers: { 204: null }, problems: ['post_unknown'],
      handler: async ({ caller, params }) => { await microblog.removeKept(caller, { persona: params['persona']!, key: params['key']! }); return none(); },
    }),
  ];
}

/** Timelines, threads, posting, liking. */
export function microblogRoutes({ microblog }: Pick<WebDeps, 'microblog'>): Route[] {
  return [
    signedIn<unknown, PageQuery & { boosts?: string; replies?: string }>({
      method: 'GET', path: '/microblog/home', summary: 'Your own posts, those of the people you follow and what these pass on, newest first', auth: 'session', limit: 'page',
      query: shape({ ...paging, 'boosts?': oneOf('0', '1'), 'replies?': oneOf('0', '1') }), answers: page, problems: ['before_or_after', 'bad_cursor'],
      handler: async ({ caller, query: { boosts, replies, ...rest } }) => okText(await microblog.home(caller, { ...pageOf(rest), boosts: boosts !== '0', replies: replies !== '0' })),
    }),
    signedIn<unknown, PageQuery>({
      method: 'GET', path: '/microblog/house', summary: 'Posts of everybody in the house, newest first', auth: 'session', limit: 'page',
      query: shape(paging), answers: page, problems: ['before_or_after', 'bad_cursor'],
      handler: async ({ caller, query }) => okText(await microblog.houseTimeline(caller, pageOf(query))),
    }),
    route<unknown, PageQuery & { replies?: string; media?: string }>({
      method: 'GET', path: '/microblog/by/{persona}', summary: "One person's posts, newest first", auth: 'any', limit: 'page',
      query: shape({ ...paging, 'replies?': oneOf('0', '1'), 'media?': oneOf('0', '1') }), answers: page, problems: ['before_or_after', 'bad_cursor', 'person_unknown'],
      handler: async ({ caller, params, query: { replies, media, ...rest } }) => okText(await microblog.byPersona(caller, params['persona']!, { ...pageOf(rest), replies: replies === '1', media: media === '1' })),
    }),
    route<unknown, { first?: number; after?: string }>({
      method: 'GET', path: '/microblog/thread/{persona}/{key}', summary: 'The conversation around a post: the way there, the post, what answers it, each with its answers behind it, then the rest', auth: 'any', limit: 'page',
      query: shape({ 'after?': text(200, 1), 'first?': whole(1, 500) }), answers: { 200: named('Thread') }, problems: ['post_unknown', 'bad_cursor'],
      handler: async ({ caller, params, query }) => okText(await microblog.thread(caller, params['persona']!, params['key']!, { first: FIRST, ...query })),
    }),
    signedIn({
      method: 'DELETE', path: '/microblog/posts/{key}', summary: 'Delete one of your posts', auth: 'session', limit: 'write', answers: { 204: null }, problems: ['post_unknown'],
      handler: async ({ caller, params }) => { await microblog.remove(caller, params['key']!); return none(); },
    }),
    ...postingRoutes({ microblog }), ...ownRoutes({ microblog }), ...consentRoutes({ microblog }, shape(paging), pageOf), ...actRoutes({ microblog }),
  ];
}
