import type { NewsItem } from '@commonhold/sdk';

/**
 * Puts a fresh first page over the list on the screen. A piece that grew (one more like) moves to its new place; what the page
 * would hold and does not is gone. `older`: pieces below the page were kept, so the cursor of older ones still holds.
 */
export function mergeFirst(page: { items: readonly NewsItem[]; next: string | null }, had: readonly NewsItem[]): { items: NewsItem[]; older: boolean } {
  const last = page.items.at(-1);
  if (page.next === null || !last) return { items: [...page.items], older: false };
  const ids = new Set(page.items.map((item) => item.id));
  const below = had.filter((item) => item.time < last.time && !ids.has(item.id));
  return { items: [...page.items, ...below], older: below.length > 0 };
}

/** A row of news: a piece, or followers next to each other as one; `ids` are the pieces in it. */
export interface NewsRow { ids: string[]; item: NewsItem }

const NAMED = 3;

/** Makes one row of followers that stand next to each other. */
export function rowsOf(items: readonly NewsItem[]): NewsRow[] {
  const rows: NewsRow[] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (item.kind === 'follow' && last?.item.kind === 'follow') rows[rows.length - 1] = { ids: [...last.ids, item.id], item: join(last.item, item) };
    else rows.push({ ids: [item.id], item });
  }
  return rows;
}

function join(newer: NewsItem, older: NewsItem): NewsItem {
  const all = [...newer.who, ...older.who.filter((persona) => !newer.who.includes(persona))];
  return { ...newer, who: all.slice(0, NAMED), more: newer.more + older.more + Math.max(0, all.length - NAMED) };
}
