import type { FilterInput, ListInput, ReadMarks, WebDeps } from '../ports.ts';
import { created, none, ok, okText, signedIn, type Route } from '../route.ts';
import { filterShape, flag, list, named, plain, shape, text, whole } from '../shapes.ts';
import { page, pageOf, paging, type PageQuery } from './microblog.ts';

type Deps = Pick<WebDeps, 'microblog'>;
const read = { auth: 'session', limit: 'page' } as const;
const write = { auth: 'session', limit: 'write' } as const;
const PAGE_PROBLEMS = ['before_or_after', 'bad_cursor'];

/** What one has kept, found or missed. */
function findRoutes({ microblog }: Deps): Route[] {
  return [
    signedIn<unknown, PageQuery>({
      ...read, method: 'GET', path: '/microblog/bookmarks', summary: 'Posts that you have bookmarked, the newest bookmark first', query: shape(paging), answers: page, problems: PAGE_PROBLEMS,
      handler: async ({ caller, query }) => okText(await microblog.bookmarks(caller, pageOf(query))),
    }),
    signedIn<unknown, PageQuery>({
      ...read, method: 'GET', path: '/microblog/tags/{tag}', summary: 'Posts with a tag, newest first; its letters may be capital or small, with or without accents',
      query: shape(paging), answers: page, problems: PAGE_PROBLEMS,
      handler: async ({ caller, params, query }) => okText(await microblog.tag(caller, params['tag']!, pageOf(query))),
    }),
    signedIn<unknown, { q: string; in?: string; tag?: string; before?: string; first?: number }>({
      ...read, method: 'GET', path: '/microblog/search',
      summary: 'Search what you may read: every word must occur, the last may be a beginning; "…" is a phrase; from:handle, has:image, has:poll, has:link and #tag narrow it. in: all, own, or one person',
      query: shape({ q: text(200), 'in?': text(53, 1), 'tag?': text(100, 1), 'before?': text(200, 1), 'first?': whole(1, 100) }),
      answers: { 200: shape({ posts: named('Page'), people: list(named('Person'), 8), tags: list(plain, 8) }) }, problems: ['bad_cursor'],
      handler: async ({ caller, query }) => okText(await microblog.search(caller, query)),
    }),
    signedIn<unknown, { hours: number }>({
      ...read, method: 'GET', path: '/microblog/catch-up', summary: 'What came to your home in the last hours, at most the newest 500 posts', query: shape({ hours: whole(1, 72) }),
      answers: { 200: named('CatchUp') }, handler: async ({ caller, query }) => okText(await microblog.catchUp(caller, query.hours)),
    }),
    signedIn({
      auth: 'session', limit: 'read', method: 'GET', path: '/microblog/marks', summary: 'How far you have come in each timeline, as cursors', answers: { 200: named('ReadMarks') },
      handler: ({ caller }) => ok(microblog.marks(caller)),
    }),
    signedIn<ReadMarks>({
      ...write, method: 'PUT', path: '/microblog/marks', summary: 'Say how far you have come; a mark never goes back', body: shape({ 'home?': text(200, 1), 'house?': text(200, 1) }),
      answers: { 200: named('ReadMarks') }, problems: ['bad_cursor'], handler: async ({ caller, body }) => ok(await microblog.setMarks(caller, body)),
    }),
  ];
}

function listRoutes({ microblog }: Deps): Route[] {
  const body = shape({ name: text(60, 1), people: list(text(53, 53), 300), 'replies?': flag });
  const answers = { key: text(22) };
  return [
    signedIn({
      ...read, method: 'GET', path: '/microblog/lists', summary: 'Your lists of people; nobody in them is told', answers: { 200: shape({ lists: list(named('List')) }) },
      handler: ({ caller }) => okText(microblog.lists(caller)),
    }),
    signedIn<ListInput>({
      ...write, method: 'POST', path: '/microblog/lists', summary: 'Make a list', body, answers: { 201: shape(answers) }, problems: ['bad_name', 'person_unknown', 'limit_reached'],
      handler: async ({ caller, body: wanted }) => created(await microblog.addList(caller, wanted)),
    }),
    signedIn<ListInput>({
      ...write, method: 'PUT', path: '/microblog/lists/{key}', summary: 'Give a list another name or other people', body, answers: { 200: shape(answers) }, problems: ['bad_name', 'person_unknown', 'list_unknown'],
      handler: async ({ caller, params, body: wanted }) => ok(await microblog.setList(caller, params['key']!, wanted)),
    }),
    signedIn({
      ...write, method: 'DELETE', path: '/microblog/lists/{key}', summary: 'Remove a list', answers: { 204: null }, problems: ['list_unknown'],
      handler: async ({ caller, params }) => { await microblog.dropList(caller, params['key']!); return none(); },
    }),
    signedIn<unknown, PageQuery>({
      ...read, method: 'GET', path: '/microblog/lists/{key}/posts', summary: 'Posts of the people in a list, newest first', query: shape(paging), answers: page, problems: [...PAGE_PROBLEMS, 'list_unknown'],
      handler: async ({ caller, params, query }) => okText(await microblog.listPosts(caller, params['key']!, pageOf(query))),
    }),
  ];
}

function filterRoutes({ microblog }: Deps): Route[] {
  return [
    signedIn({
      auth: 'session', limit: 'read', method: 'GET', path: '/microblog/filters', summary: 'Your filters of words; the app applies them', answers: { 200: shape({ filters: list(named('Filter')) }) },
      handler: ({ caller }) => ok({ filters: microblog.filters(caller) }),
    }),
    signedIn<FilterInput>({
      ...write, method: 'POST', path: '/microblog/filters', summary: 'Add a filter of words', body: filterShape, answers: { 201: named('Filter') }, problems: ['bad_words', 'limit_reached'],
      handler: async ({ caller, body }) => created(await microblog.addFilter(caller, body)),
    }),
    signedIn<FilterInput>({
      ...write, method: 'PUT', path: '/microblog/filters/{key}', summary: 'Change a filter of words', body: filterShape, answers: { 200: named('Filter') }, problems: ['bad_words', 'filter_unknown'],
      handler: async ({ caller, params, body }) => ok(await microblog.setFilter(caller, params['key']!, body)),
    }),
    signedIn({
      ...write, method: 'DELETE', path: '/microblog/filters/{key}', summary: 'Remove a filter of words', answers: { 204: null }, problems: ['filter_unknown'],
      handler: async ({ caller, params }) => { await microblog.dropFilter(caller, params['key']!); return none(); },
    }),
  ];
}

/** Bookmarks, tags, search, catching up, lists, filters. */
export const readingRoutes = (deps: Deps): Route[] => [...findRoutes(deps), ...listRoutes(deps), ...filterRoutes(deps)];
