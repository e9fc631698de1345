import type { Access } from '../access.ts';
import { comparePlaces, placeOf, type By, type Place } from './order.ts';
import type { Sight } from './see.ts';
import type { Where } from './where.ts';

/** A record in its place; `access` is that of the pod it came from. */
export interface Placed { place: Place; sight: Sight; access: Access }
/** What is looked for: what comes after a place, or before it, the nearest `first`. */
export interface Wish { where: Where; order: readonly By[]; start: Place | null; backwards: boolean; first: number }
/** The records of a page, and whether there are more on either side. */
export interface Page { items: Placed[]; before: boolean; after: boolean }

/** Keeps the records of one pod that are nearest to the start of a page, few at a time, whatever comes. */
export interface Gatherer { take(sight: Sight): void; /** At most one more than the page has. */ nearest(): Placed[]; /** True when something lies on the other side of the start. */ readonly behind: boolean }

/** `origin`: told apart by their pod, where records of several come together. */
export function gatherer(access: Access, { where, order, start, backwards, first }: Wish, origin?: string): Gatherer {
  const compare = comparePlaces(order);
  const kept: Placed[] = [];
  let behind = false;
  const cut = (): void => { kept.sort(nearestFirst(compare, backwards)); kept.length = Math.min(kept.length, first + 1); };
  return {
    take: (sight) => {
      if (!where.matches(sight)) return;
      const place = origin === undefined ? placeOf(sight, order) : [...placeOf(sight, order), origin];
      const side = start === null ? 0 : compare(place, start);
      if (start !== null && (backwards ? side >= 0 : side <= 0)) { behind = true; return; }
      kept.push({ place, sight, access });
      if (kept.length > 4 * (first + 1)) cut();
    },
    nearest: () => { cut(); return kept; },
    get behind() { return behind; },
  };
}

const nearestFirst = (compare: (a: Place, b: Place) => number, backwards: boolean) => (a: Placed, b: Placed): number =>
  (backwards ? compare(b.place, a.place) : compare(a.place, b.place));

/** One page of what was gathered in one or several pods. */
export function pageOf(gathered: readonly Gatherer[], { order, backwards, first }: Wish): Page {
  const all = gathered.flatMap((one) => one.nearest()).sort(nearestFirst(comparePlaces(order), backwards));
  const behind = gathered.some((one) => one.behind);
  const more = all.length > first;
  const items = all.slice(0, first);
  return backwards ? { items: items.reverse(), before: more, after: behind } : { items, before: behind, after: more };
}
