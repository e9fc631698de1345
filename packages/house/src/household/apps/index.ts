import { Refusal, toBase64Url } from '@commonhold/core';
import type { Guessing } from '../guessing.ts';
import type { HouseEvent, HouseholdDeps, Session } from '../ports.ts';
import { hashOf, type KnownToken, makeTokenShelf, sessionId } from '../token-shelf.ts';
import { makeCodes } from './codes.ts';
import { appStatements, lineOf, type FoundToken } from './rows.ts';
import type { Apps, AppWish, Issued } from './types.ts';

const ACCESS = 'commonhold-app_';
const REFRESH = 'commonhold-refresh_';
const ACCESS_SECONDS = 3600;
const REFRESH_MS = 90 * 86_400_000;
const PER_PERSON = 50;
/** How long the title of an ended app is kept for the log that names it. */
const REMEMBERED = 3650 * 86_400_000;

type Deps = Pick<HouseholdDeps, 'db' | 'suite' | 'clock' | 'keys'> & { guessing: Guessing; tell: (event: HouseEvent) => void };

/** Apps over house.db; of each token only SHA-256 is stored. `tell` hears of every consent that ends, as of a session. */
export function makeApps({ db, suite, clock, keys, guessing, tell }: Deps): Apps {
  const sql = appStatements(db);
  const codes = makeCodes({ suite, clock });
  const shelf = makeTokenShelf({ clock, guessing, find: makeFind({ sql, clock, keys }), touch: (used, id) => { sql.touch.run(used, id); } });
  let origins: Set<string> | null = null;
  const end = (persona: string, id: string): boolean => {
    shelf.drop(id);
    if (!db.transaction(() => sql.finish.run(clock(), persona, id).changes > 0 && sql.dropTokens.run(id).changes >= 0)) return false;
    origins = null;
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
      const fresh = shelf.used();
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
    of: shelf.look,
    labelOf: (persona, id) => sql.label.get(persona, id)?.title ?? '',
    knows: (origin) => (origins ??= new Set(sql.origins.all().map((one) => one.origin))).has(origin) || codes.knows(origin),
    sweep: () => db.transaction(() => {
      shelf.flush();
      sql.tidy.run(clock());
      for (const { persona, id } of sql.lapsed.all()) end(persona, id);
      sql.forget.run(clock() - REMEMBERED);
    }),
  };
}

/** Whose an access token is that the file knows, as long as it is good. */
const makeFind = ({ sql, clock, keys }: Pick<Deps, 'clock' | 'keys'> & { sql: ReturnType<typeof appStatements> }) => (token: string): KnownToken | null => {
  const row = token.length === ACCESS.length + 43 ? sql.find.get(hashOf(token)) : undefined;
  return row?.kind !== 'access' || row.expires <= clock() || isRevoked(keys, row) ? null : { id: row.id, expires: row.expires, session: sessionOf(row) };
};

/** How consents and their tokens come to be. */
function makeIssuing({ sql, db, suite, clock }: Pick<Deps, 'db' | 'suite' | 'clock'> & { sql: ReturnType<typeof appStatements> }) {
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

function sessionOf(row: FoundToken): Session {
  const { id, persona, handle, role, service, expires } = row;
  const { title, origin, collections } = lineOf(row);
  return { id: sessionId(id), persona, handle, role, app: { token: id, label: title, services: [service], write: true, expires, grant: { origin, collections } } };
}

const isRevoked = (keys: HouseholdDeps['keys'], { persona, device }: { persona: string; device: string | null }): boolean => device !== null && !keys.isActive(persona, device);
