import type { PostItem, Ref } from '@commonhold/sdk';

/** One name for a post, for maps and lists. */
export const idOf = (ref: Ref): string => `${ref.persona}/${ref.key}`;

/** When an entry came into a list (ms): the post was written, or somebody passed it on. */
export const timeOf = (item: PostItem): number => item.boost?.at ?? item.body.createdAt;

const newestFirst = (a: PostItem, b: PostItem): number => timeOf(b) - timeOf(a) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/* What an entry is to its list, whatever becomes of the post. */
const entryOf = ({ at, boost, pinned }: PostItem) => ({ at, ...(boost ? { boost } : {}), ...(pinned ? { pinned } : {}) });

/** Puts `more` in front of `items`; what is in both stands once, newest first by the time of writing. */
export function mergeNewer(items: readonly PostItem[], more: readonly PostItem[]): PostItem[] {
  const had = new Set(items.map(idOf));
  const fresh = [...new Map(more.map((item) => [idOf(item), item])).values()].filter((item) => !had.has(idOf(item)));
  return [...fresh.sort(newestFirst), ...items];
}

/** The same posts, one of them as it is now; the very same list where it is not among them. */
export function withChange(items: readonly PostItem[], item: PostItem): readonly PostItem[] {
  const id = idOf(item);
  return items.some((other) => idOf(other) === id) ? items.map((other) => idOf(other) === id ? { ...item, ...entryOf(other) } : other) : items;
}

/** Puts an older page behind `items`, without what is there already. */
export function mergeOlder(items: readonly PostItem[], more: readonly PostItem[]): PostItem[] {
  const had = new Set(items.map(idOf));
  return [...items, ...more.filter((item) => !had.has(idOf(item)))];
}

/** Puts `more` among `items`, each at its time: posts of somebody who is followed from now on. */
export function blend(items: readonly PostItem[], more: readonly PostItem[]): PostItem[] {
  return mergeOlder(items, more).sort(newestFirst);
}
