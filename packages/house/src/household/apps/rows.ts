import type { Sqlite } from '../../sqlite/port.ts';
import type { Role } from '../ports.ts';
import type { AppLine } from './types.ts';

/** A consent as it is stored. */
export interface AppRow { id: string; persona: string; service: string; title: string; origin: string; scope: string; collections: string | null; created: number; used: number | null; device: string | null }
/** A token with its consent and its person. */
export interface FoundToken extends AppRow { kind: 'access' | 'refresh'; expires: number; spent: number; handle: string; role: Role }

const APP = 'a.id, a.persona, a.service, a.title, a.origin, a.scope, a.collections, a.created, a.used, a.device';

/** What is asked of house.db about apps. */
export const appStatements = (db: Sqlite) => ({
  insert: db.prepare('INSERT INTO apps (id, persona, service, title, origin, scope, collections, created, device) VALUES (?,?,?,?,?,?,?,?,?)'),
  putToken: db.prepare('INSERT INTO app_tokens (hash, app, kind, expires, spent) VALUES (?,?,?,?,0)'),
  find: db.prepare<FoundToken>(`SELECT ${APP}, t.kind, t.expires, t.spent, p.handle, p.role FROM app_tokens t JOIN apps a ON a.id = t.app JOIN people p ON p.persona = a.persona
    WHERE t.hash = ? AND a.ended IS NULL AND p.state = 'active'`),
  spend: db.prepare('UPDATE app_tokens SET spent = 1 WHERE hash = ? AND spent = 0'),
  list: db.prepare<AppRow>(`SELECT ${APP} FROM apps a WHERE a.persona = ? AND a.ended IS NULL ORDER BY a.created DESC, a.id`),
  label: db.prepare<{ title: string }>('SELECT title FROM apps WHERE persona = ? AND id = ?'),
  finish: db.prepare('UPDATE apps SET ended = ? WHERE persona = ? AND id = ? AND ended IS NULL'),
  dropTokens: db.prepare('DELETE FROM app_tokens WHERE app = ?'),
  ofService: db.prepare<{ id: string }>('SELECT id FROM apps WHERE persona = ? AND service = ?'),
  erase: db.prepare('DELETE FROM apps WHERE persona = ? AND service = ?'),
  origins: db.prepare<{ origin: string }>('SELECT DISTINCT origin FROM apps WHERE ended IS NULL'),
  touch: db.prepare('UPDATE apps SET used = ? WHERE id = ?'),
  tidy: db.prepare('DELETE FROM app_tokens WHERE expires <= ?'),
  lapsed: db.prepare<{ persona: string; id: string }>('SELECT persona, id FROM apps a WHERE ended IS NULL AND NOT EXISTS (SELECT 1 FROM app_tokens t WHERE t.app = a.id)'),
  forget: db.prepare('DELETE FROM apps WHERE ended < ?'),
});

/** Names of bundles. */
export const scopeOf = (scope: string): string[] => (scope === '' ? [] : scope.split(' '));

/** A row as its person sees it. */
export const lineOf = ({ id, service, title, origin, scope, collections, created, used }: AppRow): AppLine =>
  ({ id, service, title, origin, scope: scopeOf(scope), collections: collections === null ? null : JSON.parse(collections) as string[], created, used });
