import { Refusal } from '@commonhold/core';
import type { NewsKind, NewsSettings, WebDeps } from '../ports.ts';
import { ok, okText, signedIn, type Route } from '../route.ts';
import { named, newsWish, shape, text, whole } from '../shapes.ts';

const KINDS: readonly NewsKind[] = ['reply', 'mention', 'like', 'boost', 'quote', 'poll', 'follow', 'request', 'accepted'];

/** `reply,like` as a list. Refuses `bad_kinds`. */
function kindsOf(kinds: string | undefined): { kinds?: NewsKind[] } {
  if (kinds === undefined) return {};
  const asked = kinds.split(',');
  if (!asked.every((kind) => KINDS.some((known) => known === kind))) {
    throw new Refusal('invalid', 'bad_kinds', 'There are no such kinds of news.', { field: 'kinds', expected: `some of ${KINDS.join(',')}` });
  }
  return { kinds: KINDS.filter((kind) => asked.includes(kind)) };
}

/** News: who answered, liked or follows; how far one has read, and what one wants to be told. */
export function newsRoutes({ news }: Pick<WebDeps, 'news'>): Route[] {
  return [
    signedIn<unknown, { before?: string; kinds?: string; first?: number }>({
      method: 'GET', path: '/news', summary: 'Answers to you, who names you, likes and boosts of your posts (one piece a post), quotes, polls that ended, new followers, who asks to follow, who accepted you; newest first', auth: 'session', limit: 'page',
      query: shape({ 'before?': text(200, 1), 'kinds?': text(100, 1), 'first?': whole(1, 100) }),
      answers: { 200: named('News') }, problems: ['bad_cursor', 'bad_kinds'],
      handler: async ({ caller, query: { kinds, ...rest } }) => okText(await news.list(caller, { ...rest, ...kindsOf(kinds) })),
    }),
    signedIn<{ upTo: string }>({
      method: 'PUT', path: '/news/read', summary: 'Everything up to this cursor is read; it never goes back', auth: 'session', limit: 'write',
      body: shape({ upTo: text(200, 1) }), answers: { 200: shape({ unread: whole(0, 100) }) }, problems: ['bad_cursor'],
      handler: async ({ caller, body }) => ok(await news.read(caller, body.upTo)),
    }),
    signedIn({
      method: 'GET', path: '/news/settings', summary: 'Which kinds of news you want, and your quiet hours', auth: 'session', limit: 'read',
      answers: { 200: named('NewsSettings') }, handler: ({ caller }) => ok(news.settings(caller)),
    }),
    signedIn<Record<NewsKind, boolean> & { quiet?: NewsSettings['quiet'] }>({
      method: 'PUT', path: '/news/settings', summary: 'Say which kinds of news you want: the others are neither listed nor counted nor told; and the hours in which your screens announce nothing', auth: 'session', limit: 'write',
      body: newsWish, answers: { 200: named('NewsSettings') }, problems: ['bad_quiet'],
      handler: async ({ caller, body }) => ok(await news.setSettings(caller, body)),
    }),
  ];
}
