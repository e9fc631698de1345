import { Refusal } from '@commonhold/core';

/** A place in a timeline: a post's time and key. It says nothing that the post itself does not. */
export interface Place { created: number; key: string }
/** Which part of a timeline: older than `before`, or newer than `after`; newest first either way. */
export interface Window { before: Place | null; after: Place | null; first: number }

/** Part of a timeline: the place of its newest entry, and that of its oldest where there are older ones. */
export interface Part<R> { refs: R[]; newest: Place | null; last: Place | null }

const ANY: Place = { created: 0, key: '' };
const LAST: Place = { created: Number.MAX_SAFE_INTEGER, key: '' };

/** The two ends of a window, as queries take them: those of its upper end first. */
export function boundsOf({ before, after }: Window): readonly [number, string, number, string] {
  const low = after ?? ANY, high = before ?? LAST;
  return [high.created, high.key, low.created, low.key];
}

/** Does the one stand before the other in a timeline? */
export const isNewer = (one: Place, other: Place): boolean => one.created > other.created || (one.created === other.created && one.key > other.key);

/** A place as the opaque text that callers hand back. */
export const cursorOf = ({ created, key }: Place): string => Buffer.from(`${created}.${key}`).toString('base64url');

/** The place of a cursor. Refuses `bad_cursor`. */
export function placeOf(cursor: string): Place {
  const match = /^(\d{1,16})\.([A-Za-z0-9_-]{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match) throw new Refusal('invalid', 'bad_cursor', 'This cursor was not made by this house.', { field: 'cursor' });
  return { created: Number(match[1]), key: match[2]! };
}
