import { useEffect, useRef } from 'preact/hooks';
import type { PostItem } from '@commonhold/sdk';
import { onKey, type SingleKey } from '../app/keys.ts';
import { openQuote } from '../state/writing.ts';

/** What a key does with a post: the control that is pressed for it. */
const ACTS = { o: '.when', r: '[data-act="reply"]', l: '[data-act="like"]', b: '[data-act="boost"]' } as const satisfies Partial<Record<SingleKey, string>>;

const posts = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('#main article')].filter((post) => post.checkVisibility());
const here = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>('#main article') ?? null;

/* Without one in use it begins with what the reader looks at. */
const firstSeen = (all: readonly HTMLElement[]): number => Math.max(0, all.findIndex((post) => post.getBoundingClientRect().bottom > innerHeight / 4));

function move(by: 1 | -1): void {
  const all = posts();
  const at = all.indexOf(here()!);
  const to = all[at === -1 ? firstSeen(all) : at + by];
  to?.focus({ preventScroll: true });
  to?.scrollIntoView({ block: 'nearest' });
}

/** Lets keys walk through the posts of a page and act on the one in use; `items` are what the page shows. */
export function useListKeys(items: readonly PostItem[]): void {
  const shown = useRef(items);
  shown.current = items;
  useEffect(() => {
    const press = (key: keyof typeof ACTS) => onKey(key, () => here()?.querySelector<HTMLElement>(ACTS[key])?.click());
    const quote = () => {
      const item = shown.current.find(({ key }) => here()?.id === `post-${key}`);
      if (item?.mayQuote) openQuote(item);
    };
    const stops = [onKey('j', () => move(1)), onKey('k', () => move(-1)), onKey('q', quote), ...(Object.keys(ACTS) as (keyof typeof ACTS)[]).map(press)];
    return () => { for (const stop of stops) stop(); };
  }, []);
}
