import { type Json } from '@commonhold/core';
import { valueOf, type Seen } from './where.ts';

/** What records are sorted by, the first being the most important. */
export interface By { field: string; descending: boolean }
/** A place in an order: a record's values in it, then its key. */
export type Place = readonly Json[];

/** How much of a text counts for its place, in UTF-16 units: cursors carry it. */
const TEXT = 128;
/** The order of the last write, oldest first. */
const USUAL: readonly By[] = [{ field: '$at', descending: false }];

/** `-` before a name turns it around. */
export const parseOrder = (names: readonly string[] | undefined): readonly By[] => names === undefined ? USUAL
  : names.map((name) => (name.startsWith('-') ? { field: name.slice(1), descending: true } : { field: name, descending: false }));

/** Where a record stands. Lists and objects have no order among themselves. */
export const placeOf = (seen: Seen, order: readonly By[]): Place => [...order.map(({ field }) => comparable(valueOf(seen, field))), seen.key];

function comparable(value: Json): Json {
  if (typeof value === 'string') return value.slice(0, TEXT);
  return value !== null && typeof value === 'object' ? [] : value;
}

/** Compares places: null, false, true, numbers, texts by UTF-16 units, anything else; then by key. No two records are equal. */
export function comparePlaces(order: readonly By[]): (a: Place, b: Place) => number {
  return (a, b) => {
    for (let i = 0; i < order.length; i++) {
      const found = compareValues(a[i]!, b[i]!);
      if (found !== 0) return order[i]!.descending ? -found : found;
    }
    // The key, and where records of several pods come together the pod.
    return compareValues(a[order.length]!, b[order.length]!) || compareValues(a[order.length + 1] ?? null, b[order.length + 1] ?? null);
  };
}

/** The order of values of any type. */
export function compareValues(a: Json, b: Json): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0 || a === null || typeof a === 'object' || a === b) return rank;
  return a < b! ? -1 : 1;
}

function rankOf(value: Json): number {
  switch (typeof value) {
    case 'boolean': return value ? 2 : 1;
    case 'number': return 3;
    case 'string': return 4;
    default: return value === null ? 0 : 5;
  }
}
