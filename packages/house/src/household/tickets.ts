import { toBase64Url } from '@commonhold/core';
import { podDeviceKey } from './podDevice.ts';
import type { HouseholdDeps } from './ports.ts';

const LIVES = 60 * 60_000;
const KEPT = 2000;

/** A promise of the house to sign with a certain device for whoever joins through a certain gate. */
export interface Ticket { ticket: string; device: string; salt: Uint8Array; gate: string }

/** Hands out, finds and forgets tickets; an hour each, a bounded number at once. */
export interface Tickets {
  issue(gate: string): Ticket;
  /** The live ticket of a pod device, or null. */
  find(device: string): Ticket | null;
  spend(device: string): void;
}

/** Tickets over house.db: they outlive a restart, because a browser may be signing meanwhile. */
export function makeTickets({ db, suite, secrets, clock }: Pick<HouseholdDeps, 'db' | 'suite' | 'secrets' | 'clock'>): Tickets {
  const insert = db.prepare('INSERT INTO tickets (device, salt, ticket, gate, expires) VALUES (?, ?, ?, ?, ?)');
  const read = db.prepare<{ device: string; salt: Uint8Array; ticket: string; gate: string }>(
    'SELECT device, salt, ticket, gate FROM tickets WHERE device = ? AND expires > ?');
  const erase = db.prepare('DELETE FROM tickets WHERE device = ?');
  const prune = db.prepare('DELETE FROM tickets WHERE expires <= ? OR device IN (SELECT device FROM tickets ORDER BY expires DESC LIMIT -1 OFFSET ?)');
  return {
    issue(gate) {
      const salt = suite.random(16);
      const ticket: Ticket = { ticket: toBase64Url(suite.random(16)), device: podDeviceKey(suite, secrets.house, salt), salt, gate };
      db.transaction(() => {
        prune.run(clock(), KEPT - 1);
        insert.run(ticket.device, salt, ticket.ticket, gate, clock() + LIVES);
      });
      return ticket;
    },
    find: (device) => read.get(device, clock()) ?? null,
    spend: (device) => { erase.run(device); },
  };
}
