import type { PostItem, ReadMarks } from '@commonhold/sdk';
import { client } from './client.ts';
import { timeOf } from './merge.ts';

/** A list in which the reader's place is kept. */
export type Marked = keyof ReadMarks;

/* As the page began: the line stands still while one reads. */
let before: ReadMarks = {};
/* As the house knows it by now. */
let told: ReadMarks = {};

/** The time and key that a cursor names; null when it is none of this house. */
export function placeOf(cursor: string | undefined): { ms: number; key: string } | null {
  try {
    const [, ms, key] = /^(\d{1,16})\.([\w-]+)$/.exec(atob((cursor ?? '').replaceAll('-', '+').replaceAll('_', '/'))) ?? [];
    return ms && key ? { ms: Number(ms), key } : null;
  } catch {
    return null;
  }
}

/** The cursor of an entry. */
export const cursorOf = (item: PostItem): string =>
  btoa(`${timeOf(item)}.${item.boost?.key ?? item.key}`).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** Where in a list the reader had stopped: the first entry that was seen, or -1 when all of it is new or seen. */
export function cutAt(items: readonly PostItem[], mark: string | undefined): number {
  const place = placeOf(mark);
  const at = place ? items.findIndex((item) => timeOf(item) <= place.ms) : -1;
  return at > 0 ? at : -1;
}

/** Takes in what the house says, once, before the first list is shown. */
export async function loadMarks(): Promise<void> {
  before = told = await client.microblog.marks();
}

/** Takes in where another screen of the reader's has read to. */
export const hearMarks = (marks: ReadMarks): void => { told = marks; };

/** Where the reader had stopped before this page was opened. */
export const markOf = (list: Marked): string | undefined => before[list];

/** Remembers the newest entry on the screen for the next visit, here and elsewhere. A failure is left to the next time. */
export function markSeen(list: Marked, newest: PostItem | undefined): void {
  if (!newest || timeOf(newest) <= (placeOf(told[list])?.ms ?? 0)) return;
  const seen = cursorOf(newest);
  told = { ...told, [list]: seen };
  void client.microblog.setMarks({ [list]: seen }).catch(() => undefined);
}
