import { Refusal, toBase64Url } from '@commonhold/core';
import type { Guessing } from './guessing.ts';
import type { HouseEvent, HouseholdDeps, Role, Session } from './ports.ts';
import { hashOf, makeTokenShelf, sessionId, type KnownToken } from './token-shelf.ts';

const PREFIX = 'commonhold_';
const LENGTH = PREFIX.length + 43;
const DAY = 86_400_000;
const PER_PERSON = 50;
/** How long the label of an ended token is kept for the log that names it. */
const REMEMBERED = 3650 * DAY;

/** What somebody gives to a script of theirs: `services` null = all of them; `write` false = it only reads. */
export interface TokenWish { label: string; services: readonly string[] | null; write: boolean; days?: number | null }

/** A token as its owner sees it; times in milliseconds, `used` and `expires` null for never. */
export interface TokenLine { id: string; label: string; services: readonly string[] | null; write: boolean; created: number; used: number | null; expires: number | null }

/** Tokens for scripts: random, of which only SHA-256 is stored. */
export interface Tokens {
  /** Makes one; `token` is shown once. `device`: the device of the session that asks, if any. Refuses `too_many_tokens`, `bad_label`. */
  make(persona: string, wish: TokenWish, device?: string | null): TokenLine & { token: string };
  list(persona: string): TokenLine[];
  /** Ends one of this persona's, and every stream it has open; false if there is none such. */
  end(persona: string, id: string): boolean;
  /** Ends all of a person's. */
  endAll(persona: string): void;
  /** Ends those that were made by a device that may not act for this persona any more. */
  endRevoked(persona: string): void;
  /** True for what looks like one: it is then no session. */
  is(token: string): boolean;
  /** Whose it is, as a session with `app`, or null. Wrong ones count against `from`: refuses `slow_down`. */
  of(token: string, from: string): Session | null;
  /** What it is or was called; '' when that is forgotten. */
  labelOf(persona: string, id: string): string;
  /** Writes down when they were used, ends what is over. */
  sweep(): void;
}

interface Row { id: string; persona: string; label: string; services: string | null; write: number; created: number; used: number | null; expires: number | null; device: string | null }

const COLUMNS = 't.id, t.persona, t.label, t.services, t.write, t.created, t.used, t.expires, t.device';

/** Tokens over house.db. `tell` hears of every one that ends, as of a session. */
export function makeTokens({ db, suite, clock, keys, guessing, tell }: Pick<HouseholdDeps, 'db' | 'suite' | 'clock' | 'keys'> & { guessing: Guessing; tell: (event: HouseEvent) => void }): Tokens {
  const { insert, find, list, label, over, finish, forget, touch } = statements(db);
  const isRevoked = ({ persona, device }: Pick<Row, 'persona' | 'device'>): boolean => device !== null && !keys.isActive(persona, device);
  const isOver = (expires: number | null): boolean => expires !== null && expires <= clock();

  const shelf = makeTokenShelf({
    clock, guessing, touch: (used, id) => { touch.run(used, id); },
    find: (token) => {
      const row = token.length === LENGTH ? find.get(hashOf(token)) : undefined;
      return !row || isOver(row.expires) || isRevoked(row) ? null : foundOf(row);
    },
  });
  const end = (persona: string, id: string): boolean => {
    shelf.drop(id);
    if (finish.run(clock(), persona, id).changes === 0) return false;
    tell({ type: 'session-ended', session: sessionId(id), persona });
    return true;
  };
  return {
    make: (persona, wish, device = null) => {
      if (list.all(persona).length >= PER_PERSON) throw new Refusal('conflict', 'too_many_tokens', `You have ${PER_PERSON} tokens. End some first.`);
      const line = lineOf(wish, toBase64Url(suite.random(12)), clock());
      const token = PREFIX + toBase64Url(suite.random(32));
      insert.run(hashOf(token), line.id, persona, line.label, line.services && JSON.stringify(line.services), line.write ? 1 : 0, line.created, line.expires, device);
      return { ...line, token };
    },
    list: (persona) => {
      const fresh = shelf.used();
      return list.all(persona).filter(({ expires }) => !isOver(expires)).map((row) => ({ ...shown(row), used: fresh.get(row.id) || row.used }));
    },
    end,
    endAll: (persona) => { for (const { id } of list.all(persona)) end(persona, id); },
    endRevoked: (persona) => { for (const row of list.all(persona)) if (isRevoked(row)) end(persona, row.id); },
    is: (token) => token.startsWith(PREFIX),
    of: shelf.look,
    labelOf: (persona, id) => label.get(persona, id)?.label ?? '',
    sweep: () => db.transaction(() => {
      shelf.flush();
      for (const { persona, id } of over.all(clock())) end(persona, id);
      forget.run(clock() - REMEMBERED);
    }),
  };
}

const statements = (db: HouseholdDeps['db']) => ({
  insert: db.prepare('INSERT INTO tokens (hash, id, persona, label, services, write, created, expires, device) VALUES (?,?,?,?,?,?,?,?,?)'),
  find: db.prepare<Row & { handle: string; role: Role }>(`SELECT ${COLUMNS}, p.handle, p.role FROM tokens t JOIN people p ON p.persona = t.persona
    WHERE t.hash = ? AND t.ended IS NULL AND p.state = 'active'`),
  list: db.prepare<Row>(`SELECT ${COLUMNS} FROM tokens t WHERE t.persona = ? AND t.ended IS NULL ORDER BY t.created DESC, t.id`),
  label: db.prepare<{ label: string }>('SELECT label FROM tokens WHERE persona = ? AND id = ?'),
  over: db.prepare<{ persona: string; id: string }>('SELECT persona, id FROM tokens WHERE ended IS NULL AND expires <= ?'),
  finish: db.prepare('UPDATE tokens SET ended = ? WHERE persona = ? AND id = ? AND ended IS NULL'),
  forget: db.prepare('DELETE FROM tokens WHERE ended < ?'),
  touch: db.prepare('UPDATE tokens SET used = ? WHERE id = ?'),
});

/** The same, where whoever makes one is known by their session: it ends with the device of that session. */
export const bySession = (tokens: Tokens, sessions: { list(persona: string): { id: string; device: string | null }[] }) => ({
  ...tokens, make: (persona: string, wish: TokenWish, session = '') => tokens.make(persona, wish, sessions.list(persona).find(({ id }) => id === session)?.device ?? null),
});

const shown = ({ id, label, services, write, created, used, expires }: Row): TokenLine =>
  ({ id, label, services: services === null ? null : JSON.parse(services) as string[], write: write === 1, created, used, expires });

function foundOf(row: Row & { handle: string; role: Role }): KnownToken {
  const { id, label, services, write, expires } = shown(row);
  const { persona, handle, role } = row;
  return { id, expires, session: { id: sessionId(id), persona, handle, role, app: { token: id, label, services, write, expires } } };
}

function lineOf({ label, services, write, days = null }: TokenWish, id: string, now: number): TokenLine {
  const name = label.trim();
  if (name === '') throw new Refusal('invalid', 'bad_label', 'Give the token a name, so that you know it again in your log.', { field: 'label' });
  return { id, label: name, services, write, created: now, used: null, expires: days === null ? null : now + days * DAY };
}
