import type { Caller } from '../../firewall/caller.ts';
import type { Feed } from '../../firewall/feed.ts';
import type { Gate } from '../../firewall/gate.ts';
import { isNewer, placeOf } from '../../views/cursor.ts';
import type { LiveEvent } from './live.ts';
import { MICROBLOG } from './types.ts';

/** How far somebody has come in their timelines: cursors of the newest post that they saw. */
export interface ReadMarks { home?: string; house?: string }
type Me = Caller & { persona: string };

/** How far the caller has come. */
export const makeReadMarks = ({ gate }: { gate: Gate }) => (caller: Me): ReadMarks => held(gate, caller);

/** Moves the marks that are given; they never go back, so two screens of one person do not undo each other. Refuses `bad_cursor`. */
export const makeSetReadMarks = ({ gate }: { gate: Gate }) => async (caller: Me, marks: ReadMarks): Promise<ReadMarks> => {
  const given = (['home', 'house'] as const).flatMap((where) => (marks[where] === undefined ? [] : [[where, marks[where], placeOf(marks[where])] as const]));
  return gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const had = held(gate, caller);
    const moved = given.filter(([where, , place]) => had[where] === undefined || isNewer(place, placeOf(had[where])));
    const { home, house }: ReadMarks = { ...had, ...Object.fromEntries(moved) };
    const now: ReadMarks = { ...(home !== undefined && { home }), ...(house !== undefined && { house }) };
    if (moved.length > 0) tx.put('marks', { key: 'self', body: { ...now } });
    return now;
  });
};

/** Live marks: whoever moved one on another screen hears of it, as `marks` with `{home?, house?}`. */
export const makeLiveMarks = ({ feed }: { feed: Feed }) => (caller: Me, listen: (event: LiveEvent) => void): (() => void) =>
  feed.listen(MICROBLOG, ({ persona, collection, body }) => {
    if (collection === 'marks' && persona === caller.persona && body !== null) listen({ type: 'marks', data: body });
  });

function held(gate: Gate, caller: Me): ReadMarks {
  const item = gate.reader(caller, caller.persona, MICROBLOG)?.get('marks', 'self');
  return item ? JSON.parse(item.body) as ReadMarks : {};
}
