import { Refusal } from '@commonhold/core';

/** A place in a timeline: a post's time and key. It says nothing that the post itself does not. */
export interface Place { created: number; key: string }

/** A place as the opaque text that callers hand back. */
export const cursorOf = ({ created, key }: Place): string => Buffer.from(`${created}.${key}`).toString('base64url');

/** The place of a cursor. Refuses `bad_cursor`. */
export function placeOf(cursor: string): Place {
  const match = /^(\d{1,16})\.([A-Za-z0-9_-]{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match) throw new Refusal('invalid', 'bad_cursor', 'This cursor was not made by this house.', { field: 'cursor' });
  return { created: Number(match[1]), key: match[2]! };
}
