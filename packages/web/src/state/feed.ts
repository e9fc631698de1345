import { signal } from '@preact/signals';
import type { Page, PageQuery, PostItem } from '@commonhold/sdk';
import { client } from './client.ts';
import { blend, idOf, mergeNewer, mergeOlder } from './merge.ts';
import { meet } from './people.ts';

/** Asks for one page. */
export type LoadPage = (query: PageQuery) => Promise<Page>;

const PAGE = 30;
/* After a long sleep: this many pages of news and no more. */
const CATCH_UP = 4;

/** A list of posts, newest first, that grows at both ends. What arrives waits in `pending` until it is asked for: nothing moves by itself. */
export function makeFeed(load: LoadPage) {
  const items = signal<readonly PostItem[] | null>(null);
  const pending = signal<readonly PostItem[]>([]);
  const fault = signal<unknown>(null);
  const olderFault = signal<unknown>(null);
  const loadingOlder = signal(false);
  const atEnd = signal(false);
  let next: string | null = null;
  let newest: string | null = null;
  let gap: { next: string } | null = null;
  let asking: Promise<void> | null = null;

  async function fresh(): Promise<void> {
    fault.value = null;
    try {
      const page = await load({ first: PAGE });
      meet(page.people);
      ({ next, newest } = page);
      items.value = page.items;
      pending.value = [];
      gap = null;
      atEnd.value = next === null;
    } catch (error) {
      fault.value = error;
    }
  }

  /** Reads what is new, from the top down to what is known. After a long sleep it stops early: then the news replace the list. */
  async function news(): Promise<void> {
    if (items.peek() === null || newest === null) return fresh();
    const after = newest;
    const found: PostItem[] = [];
    let page = await load({ after, first: PAGE });
    const top = page.newest;
    for (let turn = 1; ; turn++) {
      meet(page.people);
      found.push(...page.items);
      if (page.next === null || turn === CATCH_UP) break;
      page = await load({ after, before: page.next, first: PAGE });
    }
    if (top !== null) newest = top;
    hold(found);
    if (page.next !== null) gap = { next: page.next };
  }

  function hold(more: readonly PostItem[]): void {
    const shown = new Set((items.peek() ?? []).map(idOf));
    pending.value = mergeNewer(pending.peek(), more.filter((item) => !shown.has(idOf(item))));
  }

  /** One question at a time; a second asker waits for the first answer. */
  const once = (ask: () => Promise<void>): Promise<void> => asking ??= ask().finally(() => { asking = null; });

  return {
    items, pending, fault, olderFault, loadingOlder, atEnd,
    /** Reads the list afresh. */
    load: () => once(fresh),
    /** Asks what is new; it lands in `pending`. A failure is left to the next time. */
    catchUp: () => once(() => news().catch(() => undefined)),
    /** A post that came by itself. */
    offer: hold,
    /** Puts what waits on top. */
    showPending() {
      items.value = mergeNewer(gap ? [] : items.peek() ?? [], pending.peek());
      pending.value = [];
      if (gap) ({ next } = gap);
      atEnd.value = next === null;
      gap = null;
    },
    /** Puts one's own new post on top at once. */
    add(item: PostItem) {
      pending.value = pending.peek().filter((other) => idOf(other) !== idOf(item));
      if (items.peek()) items.value = mergeNewer(items.peek()!, [item]);
    },
    /** Somebody's posts belong here from now on (or no more): takes them in at their times, or out. */
    async rewrite(persona: string, belongs: boolean): Promise<void> {
      if (items.peek() === null) return;
      const without = (list: readonly PostItem[]) => list.filter((item) => item.persona !== persona);
      if (!belongs) { items.value = without(items.peek()!); pending.value = without(pending.peek()); return; }
      const page = await load({ first: PAGE });
      meet(page.people);
      newest = page.newest ?? newest;
      items.value = blend(items.peek() ?? [], page.items);
      pending.value = pending.peek().filter((item) => !page.items.some((other) => idOf(other) === idOf(item)));
    },
    /** Asks for older posts. */
    async older(): Promise<void> {
      if (loadingOlder.peek() || atEnd.peek() || next === null) return;
      loadingOlder.value = true;
      olderFault.value = null;
      try {
        const page = await load({ before: next, first: PAGE });
        meet(page.people);
        next = page.next;
        items.value = mergeOlder(items.peek() ?? [], page.items);
        atEnd.value = next === null;
      } catch (error) {
        olderFault.value = error;
      }
      loadingOlder.value = false;
    },
  };
}

/** What `makeFeed` makes. */
export type Feed = ReturnType<typeof makeFeed>;

const feeds = new Map<string, Feed>();

/** A feed by name, made once: going back finds it as it was. */
export function feed(name: string, load: LoadPage): Feed {
  let found = feeds.get(name);
  if (!found) feeds.set(name, found = makeFeed(load));
  return found;
}

/** Own posts and those of people one follows. */
export const homeFeed = (): Feed => feed('home', (query) => client.microblog.home(query));
/** Posts of the whole house. */
export const houseFeed = (): Feed => feed('house', (query) => client.microblog.house(query));
/** One person's posts. */
export const personFeed = (persona: string, replies: boolean): Feed =>
  feed(`by:${persona}:${replies}`, (query) => client.microblog.by(persona, { ...query, replies }));
/** The person feeds that are open. */
export const openPersonFeeds = (persona: string): Feed[] => [...feeds].filter(([name]) => name.startsWith(`by:${persona}:`)).map(([, found]) => found);
