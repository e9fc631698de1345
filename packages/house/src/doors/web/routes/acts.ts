import type { Ref, WebDeps } from '../ports.ts';
import { ok, signedIn, type Route } from '../route.ts';
import { flag, shape } from '../shapes.ts';

const write = { auth: 'session', limit: 'write' } as const;
const postOf = (params: Readonly<Record<string, string>>): Ref => ({ persona: params['persona']!, key: params['key']! });

/** What people do to posts and conversations: like, boost, bookmark, mute, each with its taking back. */
export function actRoutes({ microblog }: Pick<WebDeps, 'microblog'>): Route[] {
  const of = '/microblog/posts/{persona}/{key}';
  const liked = { 200: shape({ liked: flag }) }, boosted = { 200: shape({ boosted: flag }) }, bookmarked = { 200: shape({ bookmarked: flag }) }, muted = { 200: shape({ muted: flag }) };
  return [
    signedIn({
      ...write, method: 'PUT', path: `${of}/like`, summary: "Like somebody's post; only its author is told", answers: liked, problems: ['post_unknown', 'like_self', 'like_kept'],
      handler: async ({ caller, params }) => ok(await microblog.like(caller, postOf(params))),
    }),
    signedIn({
      ...write, method: 'DELETE', path: `${of}/like`, summary: 'Take your like back', answers: liked,
      handler: async ({ caller, params }) => ok(await microblog.unlike(caller, postOf(params))),
    }),
    signedIn({
      ...write, method: 'PUT', path: `${of}/boost`, summary: 'Pass a post on, as far as it is for others already; its author is told', answers: boosted, problems: ['post_unknown', 'boost_not_allowed'],
      handler: async ({ caller, params }) => ok(await microblog.boost(caller, postOf(params))),
    }),
    signedIn({
      ...write, method: 'DELETE', path: `${of}/boost`, summary: 'Take your boost back', answers: boosted,
      handler: async ({ caller, params }) => ok(await microblog.unboost(caller, postOf(params))),
    }),
    signedIn({
      ...write, method: 'PUT', path: `${of}/bookmark`, summary: 'Keep a post to come back to; nobody is told', answers: bookmarked, problems: ['post_unknown'],
      handler: async ({ caller, params }) => ok(await microblog.bookmark(caller, postOf(params))),
    }),
    signedIn({
      ...write, method: 'DELETE', path: `${of}/bookmark`, summary: 'Keep it no more', answers: bookmarked,
      handler: async ({ caller, params }) => ok(await microblog.unbookmark(caller, postOf(params))),
    }),
    signedIn({
      ...write, method: 'PUT', path: `${of}/mute`, summary: 'Hear no news of the conversation that a post is of; nobody is told', answers: muted, problems: ['post_unknown'],
      handler: async ({ caller, params }) => ok(await microblog.mute(caller, postOf(params))),
    }),
    signedIn({
      ...write, method: 'DELETE', path: `${of}/mute`, summary: 'Hear news of that conversation again', answers: muted,
      handler: async ({ caller, params }) => ok(await microblog.unmute(caller, postOf(params))),
    }),
  ];
}
