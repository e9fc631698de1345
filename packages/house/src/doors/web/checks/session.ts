import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '@commonhold/core';
import { ANYONE, type Caller } from '../../../firewall/caller.ts';
import type { Session } from '../../../household/ports.ts';

const KEPT = 90 * 24 * 3600;
// Tokens are base64url: no dot stands in one.
const BETWEEN = '.';
const MOST_ACCOUNTS = 5;
/** The header by which a page says whom it shows. */
const PERSONA = 'commonhold-persona';

/** Who a request is from, and whether a cookie said so. */
export interface Proof { session: Session | null; byCookie: boolean }

/** Finds a session by its token; `from` is where wrong ones are counted. */
type SessionOf = (token: string, from: string) => Session | null;
/** How the request came: by https, and from where. */
interface Around { secure: boolean; from: () => string }

const NOBODY: Proof = Object.freeze({ session: null, byCookie: false });

/**
 * Proves the caller by bearer token, else by cookie. A bearer that is no session is refused (`session_unknown`);
 * a stale cookie is nobody, so that the pages for anybody keep working. A page that names the persona it shows is refused
 * (`other_person`) when the browser is somebody else by now.
 */
export function proveCaller(sessionOf: SessionOf, headers: IncomingHttpHeaders, { secure, from }: Around): Proof {
  const { authorization, cookie, [PERSONA]: meant } = headers;
  if (authorization !== undefined) {
    const session = /^bearer /i.test(authorization) ? sessionOf(authorization.slice(7).trim(), from()) : null;
    if (session) return { session, byCookie: false };
    throw new Refusal('unauthenticated', 'session_unknown', 'This session has ended or never was. Please log in again.');
  }
  const token = cookie === undefined ? null : readCookie(cookie, secure);
  if (token === null) return NOBODY;
  const session = browserSession(sessionOf, firstOf(token));
  if (!session) return NOBODY;
  if (meant !== undefined && meant !== session.persona) throw new Refusal('conflict', 'other_person', 'Somebody else is signed in at this browser by now.');
  return { session, byCookie: true };
}

// A token for a script is no cookie: a page could not be told from the script.
function browserSession(sessionOf: SessionOf, token: string): Session | null {
  const session = sessionOf(token, '');
  return session && !session.app ? session : null;
}

const firstOf = (value: string): string => { const end = value.indexOf(BETWEEN); return end < 0 ? value : value.slice(0, end); };

/** Somebody who is signed in at a browser: their token, and whose it is. */
export interface Account { token: string; session: Session }

/** Everybody who is signed in at the browser that asks: who acts there now first, or null where nobody does; then the others. */
export function accountsOf(sessionOf: SessionOf, { cookie }: IncomingHttpHeaders, secure: boolean): { now: Account | null; others: Account[] } {
  const tokens = (cookie === undefined ? null : readCookie(cookie, secure))?.split(BETWEEN).slice(0, MOST_ACCOUNTS + 1) ?? [];
  const [now = null, ...rest] = tokens.map((token): Account | null => { const session = browserSession(sessionOf, token); return session && { token, session }; });
  const seen = new Set([now?.session.persona]);
  const others = rest.filter((one): one is Account => one !== null && !seen.has(one.session.persona) && seen.add(one.session.persona) !== undefined);
  return { now, others };
}

/** The caller that the firewall sees. */
export function callerOf(session: Session | null): Caller {
  if (session === null) return ANYONE;
  const { persona, id, app } = session;
  return app ? { kind: 'app', persona, token: app.token, label: app.label, services: app.services, write: app.write, ...(app.grant && { grant: app.grant }) } : { kind: 'person', persona, session: id };
}

/** Whose rate a request counts against: a person's, their scripts', or an address's. */
export const ratedAs = (session: Session | null, from: () => string): string => (session === null ? from() : session.app ? `${session.persona} scripts` : session.persona);

// By https only the __Host- cookie counts: no neighbouring name can have set it.
const nameOf = (secure: boolean): string => (secure ? '__Host-commonhold' : 'commonhold');

function readCookie(header: string, secure: boolean): string | null {
  const name = `${nameOf(secure)}=`;
  if (header.startsWith(name) && !header.includes(';')) return header.slice(name.length);
  for (const part of header.split(';')) {
    const pair = part.trim();
    if (pair.startsWith(name)) return pair.slice(name.length);
  }
  return null;
}

/** Set-Cookie for who acts at a browser from now on (null: nobody) and who else is signed in there; to end it where that is nobody. */
export function sessionCookie(now: string | null, others: readonly Account[], secure: boolean): string {
  const value = [now ?? '', ...others.slice(0, MOST_ACCOUNTS - 1).map(({ token }) => token)].join(BETWEEN);
  return `${nameOf(secure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${value === '' ? 0 : KEPT}${secure ? '; Secure' : ''}`;
}
