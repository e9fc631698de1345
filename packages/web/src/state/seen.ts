import { idOf } from './merge.ts';
import type { Feed } from './feed.ts';

const KEY = 'commonhold.seen.';
const marks = new Map<string, string | null>();

function read(name: string): string | null {
  try {
    return localStorage.getItem(KEY + name);
  } catch {
    return null;
  }
}

/** The newest post of the visit before this one, by list; it stays the same as long as the page lives. */
export function seenBefore(name: string): string | null {
  if (!marks.has(name)) marks.set(name, read(name));
  return marks.get(name) ?? null;
}

/** Remembers the newest post on the screen for the next visit. */
export function markSeen(name: string, feed: Feed): void {
  const newest = feed.items.peek()?.[0];
  if (!newest) return;
  try {
    localStorage.setItem(KEY + name, idOf(newest));
  } catch { /* storage is off: no mark next time */ }
}
