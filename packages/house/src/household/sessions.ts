import { createHash } from 'node:crypto';
import { toBase64Url } from '@commonhold/core';
import type { Sqlite } from '../sqlite/port.ts';
import type { HouseholdDeps, HouseEvent, Role, Session } from './ports.ts';

const IDLE = 90 * 24 * 3600_000;
const SEEN_EVERY = 5 * 60_000;
const CACHED = 4096;
const PER_PERSON = 50;

/** A session as its owner sees it in a list; times in milliseconds. */
export interface SessionLine { id: string; label: string; created: number; seen: number; /** The device key that it was opened for, if any. */ device: string | null }

/** Sessions: 32-byte tokens of which only SHA-256 is stored. */
export interface Sessions {
  /** Opens one; the answer is the token, shown once. The oldest go when somebody has 50. */
  open(persona: string, label: string, device?: string): string;
  /** Whose token this is, or null; from memory after the first time. */
  of(token: string): Session | null;
  list(persona: string): SessionLine[];
  /** Ends one of this persona's; false if there is none such. */
  end(persona: string, id: string): boolean;
  /** Ends all of this persona's but one. */
  endOthers(persona: string, id: string): void;
  /** Forgets what is held in memory of this persona's: their role is another now. */
  refresh(persona: string): void;
  /** Ends those of devices that may not act for this persona any more. */
  endRevoked(persona: string): void;
  /** Writes down who was seen and drops what nobody used for 90 days. */
  sweep(): void;
}

interface Cached extends Session { seen: number; written: number }

/** Sessions over house.db. `tell` hears of every session that ends. */
export function makeSessions({ db, suite, clock, keys, tell }: Pick<HouseholdDeps, 'db' | 'suite' | 'clock' | 'keys'> & { tell: (event: HouseEvent) => void }): Sessions {
  const cache = new Map<string, Cached>();
  const { insert, find, list, surplus, erase, idle, touch } = statements(db);
  const end = (persona: string, id: string): boolean => {
    // From memory first: on a disk that takes no writes what a revoked device had is found out when it is shown again.
    for (const [token, session] of cache) if (session.id === id) cache.delete(token);
    if (erase.run(persona, id).changes === 0) return false;
    tell({ type: 'session-ended', session: id, persona });
    return true;
  };
  const isRevoked = ({ persona, device }: { persona: string; device: string | null }): boolean => device !== null && !keys.isActive(persona, device);
  const load = (token: string): Cached | null => {
    const row = find.get(hashOf(token));
    // Ending the sessions of a revoked device may have been cut short.
    if (!row || row.seen + IDLE < clock() || isRevoked(row)) return null;
    if (cache.size >= CACHED) cache.delete(cache.keys().next().value ?? '');
    const { device: _, ...session } = { ...row, written: row.seen };
    cache.set(token, session);
    return session;
  };
  const flush = (): void => {
    for (const session of cache.values()) {
      if (session.seen - session.written < SEEN_EVERY) continue;
      touch.run(session.seen, session.id, session.seen);
      session.written = session.seen;
    }
  };
  return {
    open(persona, label, device) {
      const token = toBase64Url(suite.random(32));
      const now = clock();
      insert.run(hashOf(token), toBase64Url(suite.random(16)), persona, [...label.trim()].slice(0, 64).join(''), now, now, device ?? null);
      for (const { id } of surplus.all(persona, PER_PERSON)) end(persona, id);
      return token;
    },
    of(token) {
      const session = cache.get(token) ?? (token.length === 43 ? load(token) : null);
      if (session) session.seen = clock();
      return session;
    },
    list: (persona) => {
      const fresh = new Map([...cache.values()].map((session) => [session.id, session.seen]));
      return list.all(persona).map((line) => ({ ...line, seen: fresh.get(line.id) ?? line.seen }));
    },
    end,
    endOthers: (persona, id) => { for (const one of list.all(persona)) if (one.id !== id) end(persona, one.id); },
    refresh: (persona) => { for (const [token, session] of cache) if (session.persona === persona) cache.delete(token); },
    endRevoked: (persona) => { for (const { id, device } of list.all(persona)) if (isRevoked({ persona, device })) end(persona, id); },
    sweep: () => db.transaction(() => {
      flush();
      for (const { persona, id } of idle.all(clock() - IDLE)) end(persona, id);
    }),
  };
}

const statements = (db: Sqlite) => ({
  insert: db.prepare('INSERT INTO sessions (hash, id, persona, label, created, seen, device) VALUES (?, ?, ?, ?, ?, ?, ?)'),
  find: db.prepare<{ id: string; persona: string; handle: string; role: Role; seen: number; device: string | null }>(`SELECT s.id, s.persona, p.handle, p.role, s.seen, s.device
    FROM sessions s JOIN people p ON p.persona = s.persona WHERE s.hash = ? AND p.state = 'active'`),
  list: db.prepare<SessionLine>('SELECT id, label, created, seen, device FROM sessions WHERE persona = ? ORDER BY seen DESC'),
  surplus: db.prepare<{ id: string }>('SELECT id FROM sessions WHERE persona = ? ORDER BY seen DESC LIMIT -1 OFFSET ?'),
  erase: db.prepare('DELETE FROM sessions WHERE persona = ? AND id = ?'),
  idle: db.prepare<{ persona: string; id: string }>('SELECT persona, id FROM sessions WHERE seen < ?'),
  touch: db.prepare('UPDATE sessions SET seen = ? WHERE id = ? AND seen < ?'),
});

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
