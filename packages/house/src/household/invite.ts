import { Refusal } from '@commonhold/core';
import { newInvite } from './codes.ts';
import type { HouseholdDeps } from './ports.ts';

const LIVE_PER_PERSON = 50;
const REMEMBERED = 30 * 24 * 3600_000;

/** What an invite should allow; hours from now, a note to whoever opens it. */
export interface InviteInput { uses?: number; hours?: number; note?: string }
/** An invite as its maker sees it; `expires` in milliseconds. */
export interface InviteLine { invite: string; by: string; note: string; uses: number; left: number; expires: number }

/** Makes an invite. Refuses `too_many_invites`; forgets those that ended a month ago. */
export function makeInvite({ db, suite, clock }: Pick<HouseholdDeps, 'db' | 'suite' | 'clock'>): (persona: string, input: InviteInput) => InviteLine {
  const insert = db.prepare('INSERT INTO invites (invite, by, uses, created, expires, note) VALUES (?, ?, ?, ?, ?, ?)');
  const live = db.prepare<{ n: number }>('SELECT count(*) AS n FROM invites WHERE by = ? AND ended IS NULL AND expires > ? AND used < uses');
  const forget = db.prepare("DELETE FROM invites WHERE (expires < ?1 OR ended < ?1) AND invite NOT IN (SELECT invite FROM people WHERE state = 'reserved' AND invite IS NOT NULL)");
  return (persona, { uses = 10, hours = 168, note = '' }) => db.transaction(() => {
    const now = clock();
    forget.run(now - REMEMBERED);
    if (live.get(persona, now)!.n >= LIVE_PER_PERSON) {
      throw new Refusal('conflict', 'too_many_invites', `You have ${LIVE_PER_PERSON} open invites. End one first.`);
    }
    const line = { invite: newInvite(suite), by: persona, note: note.trim(), uses, left: uses, expires: now + hours * 3600_000 };
    insert.run(line.invite, persona, uses, now, line.expires, line.note);
    return line;
  });
}
