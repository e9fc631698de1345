import { Refusal, toBase64Url } from '@commonhold/core';
import { tidyName } from '../handle.ts';
import type { InviteInput, InviteLine } from '../invite.ts';
import { tidyText } from '../text.ts';
import type { CareDeps } from './ports.ts';

/** Somebody who would like to live here; `contact` is theirs to choose. `invite`: the one that was made for them. */
export interface Waiter { id: string; name: string; words: string; contact: string; at: number; invite: string | null }

/** What somebody leaves who found the house full. */
export interface WaitingInput { name: string; words: string; contact: string; from: string }

/** The waiting list of a full house. */
export interface WaitingList {
  /** Refuses `not_full`, `waiting_full`, `slow_down`, `bad_name`, `bad_text`. */
  add(input: WaitingInput): void;
  /** In the order they came; whoever has moved in by their invite is on it no more. */
  list(): Waiter[];
  /** Refuses `waiter_unknown`. */
  drop(id: string): void;
  /** Makes an invite for one of them. Refuses `waiter_unknown`, `house_full`, `too_many_invites`. */
  invite(steward: string, id: string): InviteLine;
}

interface Deps extends Pick<CareDeps, 'db' | 'suite' | 'clock'> { full(): boolean; makeInvite(persona: string, input: InviteInput): InviteLine }

const MOST = 200;
const WEEK_HOURS = 168;
/** So many from one address in a day. */
const A_DAY = 5;
const DAY = 86_400_000;
const ADDRESSES = 10_000;

/** Over house.db. */
export function makeWaiting({ db, suite, clock, full, makeInvite }: Deps): WaitingList {
  const count = db.prepare<{ n: number }>('SELECT count(*) AS n FROM waiting');
  const twin = db.prepare('SELECT 1 FROM waiting WHERE contact = ? COLLATE NOCASE');
  const add = db.prepare('INSERT INTO waiting (id, name, words, contact, at) VALUES (?, ?, ?, ?, ?)');
  const list = db.prepare<Waiter>('SELECT id, name, words, contact, at, invite FROM waiting ORDER BY at, id');
  const find = db.prepare<Waiter>('SELECT id, name, words, contact, at, invite FROM waiting WHERE id = ?');
  const drop = db.prepare('DELETE FROM waiting WHERE id = ?');
  const invited = db.prepare('UPDATE waiting SET invite = ? WHERE id = ?');
  const movedIn = db.prepare("DELETE FROM waiting WHERE invite IN (SELECT invite FROM people WHERE state = 'active' AND invite IS NOT NULL)");
  const knock = makeKnocks(clock);
  return {
    add: ({ name, words, contact, from }) => {
      if (!full()) throw new Refusal('conflict', 'not_full', 'There is room in this house. Ask somebody who lives here for an invite.');
      const who = { name: tidyName(name, 'name'), words: tidyText(words, 'words', 0, 500), contact: tidyText(contact, 'contact', 3, 200) };
      knock(from);
      db.transaction(() => {
        // The same address twice is the same person, and learns nothing of who else waits.
        if (twin.get(who.contact)) return;
        if (count.get()!.n >= MOST) throw new Refusal('conflict', 'waiting_full', 'The waiting list is full as well. Please ask somebody who lives here.');
        add.run(toBase64Url(suite.random(16)), who.name, who.words, who.contact, clock());
      });
    },
    list: () => { movedIn.run(); return list.all(); },
    drop: (id) => { if (drop.run(id).changes === 0) throw unknown(); },
    invite: (steward, id) => {
      const waiter = find.get(id);
      if (!waiter) throw unknown();
      if (full()) throw new Refusal('conflict', 'house_full', 'This house is still full.');
      const line = makeInvite(steward, { uses: 1, hours: WEEK_HOURS });
      invited.run(line.invite, id);
      return line;
    },
  };
}

const unknown = (): Refusal => new Refusal('not_found', 'waiter_unknown', 'Nobody waits under this name.');

/** Counts who puts names on the list, by address, in bounded memory. Refuses `slow_down`. */
function makeKnocks(clock: () => number): (from: string) => void {
  const seen = new Map<string, { n: number; since: number }>();
  return (from) => {
    const had = seen.get(from);
    const fresh = !had || Math.abs(clock() - had.since) > DAY;
    if (!fresh && had.n >= A_DAY) throw new Refusal('rate_limited', 'slow_down', 'That is enough for today. Please come back tomorrow.', { retryAfter: Math.ceil(DAY / 1000) });
    if (fresh && seen.size >= ADDRESSES) seen.delete(seen.keys().next().value ?? '');
    seen.set(from, fresh ? { n: 1, since: clock() } : { ...had, n: had.n + 1 });
  };
}
