import { path, withQuery, type CallOptions, type Send } from './request.ts';
import type { CatchUp, Filter, FilterInput, Found, ListInput, ListOfPeople, Page, PageQuery, ReadMarks } from './types.ts';

/** What one reads by, beside timelines: bookmarks, tags, search, catching up, lists, filters. */
export const reading = (send: Send) => ({
  /** What one has bookmarked, the newest bookmark first. */
  bookmarks: (query: PageQuery = {}, options?: CallOptions) => send<Page>(withQuery('/microblog/bookmarks', { ...query }), options),
  /** Posts with a tag, in whatever spelling. */
  tag: (tag: string, query: PageQuery = {}, options?: CallOptions) => send<Page>(withQuery(path('microblog', 'tags', tag), { ...query }), options),
  /** Searches what one may read. `in`: all, own or a persona. People and tags come with the first page of a search everywhere. */
  search: (query: { q: string; in?: string; tag?: string; before?: string; first?: number }, options?: CallOptions) => send<Found>(withQuery('/microblog/search', { ...query }), options),
  /** What came to one's home in the last hours, 1 to 72. */
  catchUp: (hours: number, options?: CallOptions) => send<CatchUp>(withQuery('/microblog/catch-up', { hours }), options),
  /** How far one has come in each timeline. */
  marks: (options?: CallOptions) => send<ReadMarks>('/microblog/marks', options),
  /** Says how far one has come; a mark never goes back. */
  setMarks: (marks: ReadMarks, options?: CallOptions) => send<ReadMarks>('/microblog/marks', { ...options, method: 'PUT', body: marks }),
  lists: (options?: CallOptions) => send<{ lists: ListOfPeople[] }>('/microblog/lists', options),
  /** Makes a list. 404 `person_unknown`, 400 `bad_name`. */
  addList: (list: ListInput) => send<{ key: string }>('/microblog/lists', { method: 'POST', body: list }),
  /** Gives it another name or other people. 404 `list_unknown`. */
  setList: (key: string, list: ListInput) => send<{ key: string }>(path('microblog', 'lists', key), { method: 'PUT', body: list }),
  dropList: (key: string, options?: CallOptions) => send<void>(path('microblog', 'lists', key), { ...options, method: 'DELETE' }),
  /** Posts of the people in a list. */
  listPosts: (key: string, query: PageQuery = {}, options?: CallOptions) => send<Page>(withQuery(path('microblog', 'lists', key, 'posts'), { ...query }), options),
  filters: (options?: CallOptions) => send<{ filters: Filter[] }>('/microblog/filters', options),
  addFilter: (filter: FilterInput) => send<Filter>('/microblog/filters', { method: 'POST', body: filter }),
  /** Changes a filter. 404 `filter_unknown`. */
  setFilter: (key: string, filter: FilterInput) => send<Filter>(path('microblog', 'filters', key), { method: 'PUT', body: filter }),
  dropFilter: (key: string, options?: CallOptions) => send<void>(path('microblog', 'filters', key), { ...options, method: 'DELETE' }),
});
