import { Refusal, toBase64Url } from '@commonhold/core';
import type { Sqlite } from '../sqlite/port.ts';
import { inviteEnded, type LiveInvite } from './gates.ts';
import type { Newcomer } from './identity.ts';
import type { HouseholdDeps, Role } from './ports.ts';

/** A seat kept for somebody whose pod is being made. */
export interface Seat { pod: string; persona: string; handle: string }

/** Whose seat, and by which way in: an invite, or null for the founder. */
export interface Reservation { newcomer: Newcomer; handle: string; name: string; pass: string; role: Role; invite: LiveInvite | null }

/** Refuses `house_full` when no seat is left, reservations counted. */
export function checkRoom(db: Sqlite, capacity: number): () => void {
  const count = db.prepare<{ n: number }>('SELECT count(*) AS n FROM people');
  return () => {
    if (count.get()!.n >= capacity) throw new Refusal('conflict', 'house_full', `This house is full: ${capacity} people live here.`);
  };
}

/** Refuses `handle_taken`. */
export function checkHandleFree(db: Sqlite): (handle: string) => void {
  // Nobody takes the handle of somebody who left: what they said stays with whom they said it to.
  const taken = db.prepare('SELECT 1 FROM people WHERE handle = ?1 UNION ALL SELECT 1 FROM departed WHERE handle = ?1');
  return (handle) => {
    if (taken.get(handle)) throw new Refusal('conflict', 'handle_taken', `Somebody here is called ${handle} already.`, { field: 'person.handle' });
  };
}

/**
 * Keeps a seat, a handle and one use of the invite, all in one durable transaction: the first of three steps.
 * Refuses `house_full`, `handle_taken`, `persona_taken`, `invite_ended`, `already_founded`.
 */
export function makeReserve({ db, suite, clock, capacity }: Pick<HouseholdDeps, 'db' | 'suite' | 'clock' | 'capacity'>): (wish: Reservation) => Seat {
  const room = checkRoom(db, capacity);
  const free = checkHandleFree(db);
  const known = db.prepare('SELECT 1 FROM people WHERE persona = ? OR device = ?');
  const anybody = db.prepare('SELECT 1 FROM people LIMIT 1');
  const use = db.prepare('UPDATE invites SET used = used + 1 WHERE invite = ? AND used < uses AND ended IS NULL AND expires > ?');
  const insert = db.prepare(`INSERT INTO people (persona, pod, handle, name, state, role, pass, key_salt, device, recovery, invited_by, invite, reserved_at)
    VALUES (?, ?, ?, ?, 'reserved', ?, ?, ?, ?, ?, ?, ?, ?)`);
  return ({ newcomer, handle, name, pass, role, invite }) => db.transaction(() => {
    if (!invite && anybody.get()) throw new Refusal('conflict', 'already_founded', 'This house has been founded already.');
    room();
    free(handle);
    if (known.get(newcomer.persona, newcomer.device)) throw new Refusal('conflict', 'persona_taken', 'This persona lives here already.', { field: 'keyLog' });
    if (invite && use.run(invite.invite, clock()).changes === 0) throw inviteEnded();
    const pod = toBase64Url(suite.random(16));
    insert.run(newcomer.persona, pod, handle, name, role, pass, newcomer.keySalt, newcomer.device, newcomer.recovery,
      invite?.by ?? null, invite?.invite ?? null, clock());
    return { pod, persona: newcomer.persona, handle };
  });
}
