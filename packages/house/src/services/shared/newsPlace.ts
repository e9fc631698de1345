import { Refusal } from '@commonhold/core';

/** A place in the news as the opaque text that callers hand back; it says no more than the time of what they were shown. */
export const cursorOf = (place: string): string => Buffer.from(place).toString('base64url');

/** The place of a cursor. Refuses `bad_cursor`. */
export function placeOf(cursor: string, field: string): string {
  const place = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!/^[0-9a-f]{16}\.[A-Za-z0-9_-]{1,64}$/.test(place)) throw new Refusal('invalid', 'bad_cursor', 'This cursor was not made by this house.', { field });
  return place;
}
