import { batch, effect, signal } from '@preact/signals';
import type { LiveEvents, News, NewsItem, NewsKind } from '@commonhold/sdk';
import { client } from './client.ts';
import { hearLikes } from './likes.ts';
import { meet } from './people.ts';
import { loadWanted } from './newsSettings.ts';
import { readable } from './reading.ts';
import { loadRequests } from './rings.ts';
import { mergeFirst } from './newsMerge.ts';
import { myPersona } from './session.ts';

const PAGE = 30;

/** How many pieces of news the reader has not seen; 100 means that many or more. */
export const unread = signal(0);

/** What a list of news may be narrowed to, and the kinds in it: all that has to do with following is one. */
export const NEWS_ABOUT = {
  reply: ['reply'], mention: ['mention'], like: ['like'], share: ['boost', 'quote'], poll: ['poll'], follow: ['follow', 'request', 'accepted'],
} as const satisfies Record<string, readonly NewsKind[]>;
/** A part of the news. */
export type NewsAbout = keyof typeof NEWS_ABOUT;

/** A list of news, newest first; `about` null is all of it. */
function makeNews(about: NewsAbout | null) {
  const items = signal<readonly NewsItem[] | null>(null);
  const fault = signal<unknown>(null);
  const olderFault = signal<unknown>(null);
  const atEnd = signal(false);
  const loadingOlder = signal(false);
  let next: string | null = null;
  let newest: string | null = null;
  const ask = async (before?: string): Promise<News> => {
    const page = await readable(client.news.list({ first: PAGE, ...(about ? { kinds: [...NEWS_ABOUT[about]] } : {}), ...(before ? { before } : {}) }));
    meet(page.people);
    unread.value = page.unread;
    return page;
  };
  /** Reads what is on top. What is on the screen stays when the house does not answer. */
  async function load(): Promise<void> {
    fault.value = null;
    try {
      const page = await ask();
      newest = page.newest;
      const kept = mergeFirst(page, items.peek() ?? []);
      if (!kept.older) next = page.next;
      batch(() => { items.value = kept.items; atEnd.value = next === null; });
    } catch (error) {
      if (items.peek() === null) fault.value = error;
    }
  }
  let asking: Promise<void> | null = null;
  let again = false;
  return {
    items, fault, olderFault, atEnd, loadingOlder,
    /** Reads the top; a call while one is under way makes one more after it. */
    load(): Promise<void> {
      if (asking) { again = true; return asking; }
      return asking = load().finally(() => { asking = null; if (again) { again = false; void this.load(); } });
    },
    /** Reads what came before the last one here. */
    async older(): Promise<void> {
      if (loadingOlder.peek() || next === null) return;
      loadingOlder.value = true;
      olderFault.value = null;
      try {
        const page = await ask(next);
        next = page.next;
        const had = new Set((items.peek() ?? []).map((item) => item.id));
        items.value = [...items.peek() ?? [], ...page.items.filter((item) => !had.has(item.id))];
        atEnd.value = next === null;
      } catch (error) {
        olderFault.value = error;
      }
      loadingOlder.value = false;
    },
    /** Tells the house that all of this was seen. A failure is left to the next time. */
    async seen(): Promise<void> {
      if (newest === null || unread.peek() === 0) return;
      await client.news.read(newest).then((answer) => { unread.value = answer.unread; }, () => undefined);
    },
  };
}

/** Tells the house that everything was seen, whatever part of it is on the screen. */
export async function readAll(): Promise<void> {
  const all = newsOf(null);
  await all.load();
  await all.seen();
}

/** What `makeNews` makes. */
export type NewsList = ReturnType<typeof makeNews>;

const lists = new Map<NewsAbout | null, NewsList>();

/** The news about something, or all (null); made once, so that going back finds them as they were. */
export function newsOf(about: NewsAbout | null): NewsList {
  let found = lists.get(about);
  if (!found) lists.set(about, found = makeNews(about));
  return found;
}

const watchers = new Set<() => void>();

/** Calls `act` whenever news came, went or was read. Answers how to stop. */
export function onNews(act: () => void): () => void {
  watchers.add(act);
  return () => watchers.delete(act);
}

/** Takes in an event of the live stream. */
export function hearNews({ unread: count, item, people }: LiveEvents['news']): void {
  meet(people);
  unread.value = count;
  if ((item?.kind === 'like' || item?.kind === 'boost') && item.post) hearLikes(item.post);
  for (const act of watchers) act();
}

/** Asks how much is unread; a failure leaves what is known. */
export async function countNews(): Promise<void> {
  await client.news.list({ first: 1 }).then((news) => { unread.value = news.unread; for (const act of watchers) act(); }, () => undefined);
}

/** Counts, and asks who waits for an answer, whenever somebody signs in. Call once. */
export function startNews(): void {
  effect(() => {
    if (!myPersona.value) return;
    void countNews();
    // For quiet hours: until they are known, a badge may say what it knows.
    void loadWanted().catch(() => undefined);
    void loadRequests().catch(() => undefined);
  });
}
