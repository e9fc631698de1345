import { batch, signal } from '@preact/signals';
import type { Page, PageQuery, PostItem, Ref } from '@commonhold/sdk';
import { client } from './client.ts';
import { blend, idOf, mergeNewer, mergeOlder, withChange } from './merge.ts';
import { meetAll } from './people.ts';
import { readable } from './reading.ts';

/** Asks for one page. */
export type LoadPage = (query: PageQuery) => Promise<Page>;

const PAGE = 30;
/* After a long sleep: this many pages of news and no more. */
const CATCH_UP = 4;

/** What a feed holds; `gap` is where older posts go on when the news were too many to read down to what was known. */
function emptyShelf(load: LoadPage) {
  return {
    load,
    items: signal<readonly PostItem[] | null>(null), pending: signal<readonly PostItem[]>([]), fault: signal<unknown>(null),
    olderFault: signal<unknown>(null), loadingOlder: signal(false), atEnd: signal(false),
    next: null as string | null, newest: null as string | null, gap: null as string | null,
    pages: new Map<string, number>(), turn: 0,
  };
}
type Shelf = ReturnType<typeof emptyShelf>;

/** Remembers with which page posts came, so that what is gathered within one stays so when others come. */
function paged(shelf: Shelf, items: readonly PostItem[]): void {
  shelf.turn++;
  for (const item of items) if (!shelf.pages.has(idOf(item))) shelf.pages.set(idOf(item), shelf.turn);
}

async function fresh(shelf: Shelf): Promise<void> {
  shelf.fault.value = null;
  try {
    const page = await shelf.load({ first: PAGE });
    meetAll(page);
    shelf.pages.clear();
    paged(shelf, page.items);
    Object.assign(shelf, { next: page.next, newest: page.newest, gap: null });
    batch(() => {
      shelf.items.value = page.items;
      shelf.pending.value = [];
      shelf.atEnd.value = page.next === null;
    });
  } catch (error) {
    shelf.fault.value = error;
  }
}

function hold({ items, pending }: Shelf, more: readonly PostItem[]): void {
  const shown = new Set((items.peek() ?? []).map(idOf));
  pending.value = mergeNewer(pending.peek(), more.filter((item) => !shown.has(idOf(item))));
}

/** Reads what is new, from the top down to what is known. After a long sleep it stops early: then the news replace the list. */
async function news(shelf: Shelf): Promise<void> {
  if (shelf.items.peek() === null || shelf.newest === null) return fresh(shelf);
  const after = shelf.newest;
  const found: PostItem[] = [];
  let page = await shelf.load({ after, first: PAGE });
  const top = page.newest;
  for (let turn = 1; ; turn++) {
    meetAll(page);
    found.push(...page.items);
    if (page.next === null || turn === CATCH_UP) break;
    page = await shelf.load({ after, before: page.next, first: PAGE });
  }
  if (top !== null) shelf.newest = top;
  hold(shelf, found);
  shelf.gap = page.next;
}

function showPending(shelf: Shelf): void {
  paged(shelf, shelf.pending.peek());
  shelf.items.value = mergeNewer(shelf.gap === null ? shelf.items.peek() ?? [] : [], shelf.pending.peek());
  shelf.pending.value = [];
  if (shelf.gap !== null) shelf.next = shelf.gap;
  shelf.atEnd.value = shelf.next === null;
  shelf.gap = null;
}

async function rewrite(shelf: Shelf, persona: string, belongs: boolean): Promise<void> {
  const { items, pending } = shelf;
  if (items.peek() === null) return;
  if (!belongs) {
    for (const list of [items, pending]) list.value = (list.peek() ?? []).filter((item) => item.persona !== persona);
    return;
  }
  const page = await shelf.load({ first: PAGE });
  meetAll(page);
  shelf.newest = page.newest ?? shelf.newest;
  paged(shelf, page.items);
  items.value = blend(items.peek() ?? [], page.items);
  pending.value = pending.peek().filter((item) => !page.items.some((other) => idOf(other) === idOf(item)));
}

async function older(shelf: Shelf): Promise<void> {
  const { items, loadingOlder, olderFault, atEnd } = shelf;
  if (loadingOlder.peek() || atEnd.peek() || shelf.next === null) return;
  loadingOlder.value = true;
  olderFault.value = null;
  try {
    const page = await shelf.load({ before: shelf.next, first: PAGE });
    meetAll(page);
    shelf.next = page.next;
    paged(shelf, page.items);
    items.value = mergeOlder(items.peek() ?? [], page.items);
    atEnd.value = page.next === null;
  } catch (error) {
    olderFault.value = error;
  }
  loadingOlder.value = false;
}

/** A list of posts, newest first, that grows at both ends. What arrives waits in `pending` until it is asked for: nothing moves by itself. `belongs`: of what arrives. */
export function makeFeed(load: LoadPage, belongs: (item: PostItem) => boolean = () => true) {
  const shelf = emptyShelf(load);
  const { items, pending, fault, olderFault, loadingOlder, atEnd } = shelf;
  let asking: Promise<void> | null = null;
  /** One question at a time; a second asker waits for the first answer. */
  const once = (ask: (shelf: Shelf) => Promise<void>): Promise<void> => asking ??= ask(shelf).finally(() => { asking = null; });
  return {
    items, pending, fault, olderFault, loadingOlder, atEnd,
    /** Reads the list afresh. */
    load: () => once(fresh),
    /** Asks what is new; it lands in `pending`. An answer under way may be older than the question, so it is waited for first. A failure is left to the next time. */
    async catchUp(): Promise<void> {
      await asking;
      await once((at) => news(at).catch(() => undefined));
    },
    /** A post that came by itself. */
    offer: (more: readonly PostItem[]) => hold(shelf, more.filter(belongs)),
    /** Puts what waits on top. */
    showPending: () => showPending(shelf),
    /** Puts one's own new post on top at once. */
    add(item: PostItem) {
      if (!belongs(item)) return;
      pending.value = pending.peek().filter((other) => idOf(other) !== idOf(item));
      if (items.peek()) items.value = mergeNewer(items.peek()!, [item]);
    },
    /** A post that is here has other words or another audience now. */
    replace(item: PostItem) {
      for (const list of [items, pending]) if (list.peek()) list.value = withChange(list.peek()!, item);
    },
    /** Somebody's posts belong here from now on (or no more): takes them in at their times, or out. */
    rewrite: (persona: string, belongs: boolean) => rewrite(shelf, persona, belongs),
    /** Asks for older posts. */
    older: () => older(shelf),
    /** With which page of this list a post came. */
    pageOf: (item: PostItem): number => shelf.pages.get(idOf(item)) ?? 0,
  };
}

/** What `makeFeed` makes. */
export type Feed = ReturnType<typeof makeFeed>;

const feeds = new Map<string, Feed>();

/** A feed by name, made once: going back finds it as it was. */
export function feed(name: string, load: LoadPage, belongs?: (item: PostItem) => boolean): Feed {
  let found = feeds.get(name);
  if (!found) feeds.set(name, found = makeFeed(load, belongs));
  return found;
}

/** A feed by name, if it was opened. */
export const openFeed = (name: string): Feed | undefined => feeds.get(name);

/** Own posts and those of people one follows. */
export const homeFeed = (): Feed => feed('home', (query) => readable(client.microblog.home(query)));
/** Posts of the whole house. */
export const houseFeed = (): Feed => feed('house', (query) => readable(client.microblog.house(query)));
/** Posts of the people on a list. */
export const listFeed = (key: string): Feed => feed(`list:${key}`, (query) => readable(client.microblog.listPosts(key, query)));
/** Posts with a tag. */
export const tagFeed = (tag: string): Feed => feed(`tag:${tag}`, (query) => readable(client.microblog.tag(tag, query)));
/** What the reader has bookmarked. */
export const bookmarkFeed = (): Feed => feed('bookmarks', (query) => readable(client.microblog.bookmarks(query)));

/** What quotes one's own post, as far as one may read it. */
export const quotesFeed = (post: Ref): Feed => feed(`quotes:${idOf(post)}`, (query) => readable(client.microblog.quotesOf(post, query)));

/** What of a person's posts is shown. */
export type PersonPart = 'posts' | 'replies' | 'media';
const PARTS: { readonly [part in PersonPart]: (item: PostItem) => boolean } = {
  posts: ({ persona, body: { replyTo } }) => !replyTo || replyTo.persona === persona, replies: () => true, media: ({ body: { images } }) => images !== undefined,
};
/** One person's posts. */
export const personFeed = (persona: string, part: PersonPart): Feed =>
  feed(`by:${persona}:${part}`, (query) => readable(client.microblog.by(persona, { ...query, replies: part === 'replies', media: part === 'media' })), PARTS[part]);
/** Shows a change of a post in every list that holds it. */
export const changeInFeeds = (item: PostItem): void => { for (const open of feeds.values()) open.replace(item); };
/** The person feeds that are open. */
export const openPersonFeeds = (persona: string): Feed[] => [...feeds].filter(([name]) => name.startsWith(`by:${persona}:`)).map(([, found]) => found);
/** Forgets a list that is another by now. */
export const dropFeed = (name: string): void => { feeds.delete(name); };
