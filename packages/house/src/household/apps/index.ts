import { createHash } from 'node:crypto';
import { Refusal, toBase64Url } from '@commonhold/core';
import type { Guessing } from '../guessing.ts';
import type { HouseEvent, HouseholdDeps, Session } from '../ports.ts';
import { makeCodes } from './codes.ts';
import { appStatements, lineOf, type FoundToken } from './rows.ts';
import type { Apps, AppWish, Issued } from './types.ts';

const ACCESS = 'commonhold-app_';
const REFRESH = 'commonhold-refresh_';
const ACCESS_SECONDS = 3600;
const REFRESH_MS = 90 * 86_400_000;
const PER_PERSON = 50;
const CACHED = 1024;
const SEEN_EVERY = 5 * 60_000;
/** How long the title of an ended app is kept for the log that names it. */
const REMEMBERED = 3650 * 86_400_000;

type Deps = Pick<HouseholdDeps, 'db' | 'suite' | 'clock' | 'keys'> & { guessing: Guessing; tell: (event: HouseEvent) => void };
interface Held { session: Session; id: string; expires: number; used: number; written: number }

/** Apps over house.db; of each token only SHA-256 is stored. `tell` hears of every consent that ends, as of a session. */
export function makeApps({ db, suite, clock, keys, guessing, tell }: Deps): Apps {
  const sql = appStatements(db);
  const codes = makeCodes({ suite, clock });
  const { held, look, drop, flush } = makeShelf({ sql, clock, keys, guessing });
  let origins: Set<string> | null = null;
  const end = (persona: string, id: string): boolean => {
    if (!db.transaction(() => sql.finish.run(clock(), persona, id).changes > 0 && sql.dropTokens.run(id).changes >= 0)) return false;
    origins = null;
    drop(id);
    tell({ type: 'session-ended', session: sessionId(id), persona });
    return true;
  };
  const { issue, begin } = makeIssuing({ sql, db, suite, clock });
  return {
    offer: (wish) => {
      if (sql.list.all(wish.persona).length >= PER_PERSON) throw new Refusal('conflict', 'too_many_apps', `You have let in ${PER_PERSON} apps. End some first.`);
      return codes.offer(wish);
    },
    exchange: (exchange) => {
      const code = codes.find(exchange);
      if (!code || isRevoked(keys, code.wish)) return null;
      if (code.app !== null) { end(code.wish.persona, code.app); return null; }
      const { id, issued } = begin(code.wish);
      origins = null;
      code.app = id;
      return issued;
    },
    // Whoever shows a token a second time may have stolen it, or the first one had: nobody goes on with it.
    refresh: (token, clientId) => {
      const found = sql.find.get(hashOf(token));
      if (found?.kind !== 'refresh' || found.service !== clientId || found.expires <= clock() || isRevoked(keys, found)) return null;
      if (found.spent === 1) { end(found.persona, found.id); return null; }
      return db.transaction(() => { sql.spend.run(hashOf(token)); return issue(found.id, found); });
    },
    revoke: (token, clientId) => { const found = sql.find.get(hashOf(token)); if (found?.service === clientId) end(found.persona, found.id); },
    list: (persona) => {
      const fresh = new Map([...held.values()].map(({ id, used }) => [id, used]));
      return sql.list.all(persona).map((row) => ({ ...lineOf(row), used: fresh.get(row.id) || row.used }));
    },
    end,
    endAll: (persona) => { codes.forget(persona); for (const { id } of sql.list.all(persona)) end(persona, id); },
    endRevoked: (persona) => { for (const row of sql.list.all(persona)) if (isRevoked(keys, row)) end(persona, row.id); },
    forget: (persona, service) => {
      codes.forget(persona);
      for (const { id } of sql.ofService.all(persona, service)) end(persona, id);
      sql.erase.run(persona, service);
    },
    is: (token) => token.startsWith(ACCESS),
    of: look,
    labelOf: (persona, id) => sql.label.get(persona, id)?.title ?? '',
    knows: (origin) => (origins ??= new Set(sql.origins.all().map((one) => one.origin))).has(origin) || codes.knows(origin),
    sweep: () => db.transaction(() => {
      flush();
      sql.tidy.run(clock());
      for (const { persona, id } of sql.lapsed.all()) end(persona, id);
      sql.forget.run(clock() - REMEMBERED);
    }),
  };
}

/** How consents and their tokens come to be. */
function makeIssuing({ sql, db, suite, clock }: Pick<Deps, 'db' | 'suite' | 'clock'> & Pick<Shelf, 'sql'>) {
  const issue = (id: string, { persona, service, scope }: Pick<AppWish, 'persona' | 'service' | 'scope'>): Issued => {
    const [access, refresh] = [ACCESS + toBase64Url(suite.random(32)), REFRESH + toBase64Url(suite.random(32))];
    sql.putToken.run(hashOf(access), id, 'access', clock() + ACCESS_SECONDS * 1000);
    sql.putToken.run(hashOf(refresh), id, 'refresh', clock() + REFRESH_MS);
    return { persona, service, scope, access, refresh, expires: ACCESS_SECONDS };
  };
  const begin = (wish: AppWish): { id: string; issued: Issued } => db.transaction(() => {
    const id = toBase64Url(suite.random(12));
    const { persona, service, title, origin, scope, collections, device } = wish;
    sql.insert.run(id, persona, service, title, origin, scope, collections && JSON.stringify(collections), clock(), device);
    return { id, issued: issue(id, wish) };
  });
  return { issue, begin };
}

type Shelf = Pick<Deps, 'clock' | 'keys' | 'guessing'> & { sql: ReturnType<typeof appStatements> };

/** Tokens that were shown lately, in memory. */
function makeShelf({ sql, clock, keys, guessing }: Shelf) {
  const held = new Map<string, Held>();
  const load = (token: string, from: string): Held | null => {
    const right = guessing.begin(['token', from]);
    const row = token.length === ACCESS.length + 43 ? sql.find.get(hashOf(token)) : undefined;
    if (row?.kind !== 'access' || row.expires <= clock() || isRevoked(keys, row)) return null;
    right();
    if (held.size >= CACHED) held.delete(held.keys().next().value ?? '');
    const one = { session: sessionOf(row), id: row.id, expires: row.expires, used: 0, written: 0 };
    held.set(token, one);
    return one;
  };
  return {
    held,
    look: (token: string, from: string): Session | null => {
      const one = held.get(token) ?? load(token, from);
      if (!one || one.expires <= clock()) return null;
      one.used = clock();
      return one.session;
    },
    drop: (id: string): void => { for (const [token, one] of held) if (one.id === id) held.delete(token); },
    flush: (): void => { for (const one of held.values()) if (one.used - one.written >= SEEN_EVERY) { sql.touch.run(one.used, one.id); one.written = one.used; } },
  };
}

function sessionOf(row: FoundToken): Session {
  const { id, persona, handle, role, service, expires } = row;
  const { title, origin, collections } = lineOf(row);
  return { id: sessionId(id), persona, handle, role, app: { token: id, label: title, services: [service], write: true, expires, grant: { origin, collections } } };
}

const isRevoked = (keys: HouseholdDeps['keys'], { persona, device }: { persona: string; device: string | null }): boolean => device !== null && !keys.isActive(persona, device);
const sessionId = (id: string): string => `app:${id}`;
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
