import type { PostItem } from '@commonhold/sdk';

/** What a list shows in one place: a post, or boosts side by side, which take the room of one. */
export type FeedRow = { item: PostItem } | { boosts: PostItem[] };

/* Fewer than this are no crowd. */
const FEW = 3;
const PART = 4;

/** Boosts that stand next to each other, three or more, as one; the others as they are. */
function runs(items: readonly PostItem[]): FeedRow[] {
  const rows: FeedRow[] = [];
  for (let from = 0; from < items.length;) {
    let to = from;
    while (items[to]?.boost) to++;
    if (to - from >= FEW) rows.push({ boosts: items.slice(from, to) });
    else for (const item of items.slice(from, to)) rows.push({ item });
    if (to < items.length) rows.push({ item: items[to]! });
    from = to + 1;
  }
  return rows;
}

function rowsOfPage(page: readonly PostItem[]): FeedRow[] {
  const boosts = page.filter((item) => item.boost);
  if (boosts.length < FEW || boosts.length * PART <= page.length) return runs(page);
  const first = page.findIndex((item) => item.boost);
  return [...page.slice(0, first).map((item) => ({ item })), { boosts }, ...page.slice(first).filter((item) => !item.boost).map((item) => ({ item }))];
}

/**
 * Gathers boosts where there are many of them: more than a quarter of a page stand side by side where the first one was, and so do three
 * or more in a row. `pageOf` says with which page an item came: later pages change nothing in earlier ones, so that nothing moves.
 */
export function rowsOfFeed(items: readonly PostItem[], pageOf: (item: PostItem) => number): FeedRow[] {
  const rows: FeedRow[] = [];
  for (let from = 0; from < items.length;) {
    const page = pageOf(items[from]!);
    let to = from;
    while (to < items.length && pageOf(items[to]!) === page) to++;
    rows.push(...rowsOfPage(items.slice(from, to)));
    from = to;
  }
  return rows;
}
