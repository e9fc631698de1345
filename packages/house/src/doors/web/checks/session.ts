import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '@commonhold/core';
import { ANYONE, type Caller } from '../../../firewall/caller.ts';
import type { Session } from '../../../household/ports.ts';

const KEPT = 90 * 24 * 3600;

/** Who a request is from, and whether a cookie said so. */
export interface Proof { session: Session | null; byCookie: boolean }

/** Finds a session by its token; `from` is where wrong ones are counted. */
type SessionOf = (token: string, from: string) => Session | null;
/** How the request came: by https, and from where. */
interface Around { secure: boolean; from: () => string }

const NOBODY: Proof = Object.freeze({ session: null, byCookie: false });

/**
 * Proves the caller by bearer token, else by cookie. A bearer that is no session is refused (`session_unknown`);
 * a stale cookie is nobody, so that the pages for anybody keep working.
 */
export function proveCaller(sessionOf: SessionOf, headers: IncomingHttpHeaders, { secure, from }: Around): Proof {
  const { authorization, cookie } = headers;
  if (authorization !== undefined) {
    const session = /^bearer /i.test(authorization) ? sessionOf(authorization.slice(7).trim(), from()) : null;
    if (session) return { session, byCookie: false };
    throw new Refusal('unauthenticated', 'session_unknown', 'This session has ended or never was. Please log in again.');
  }
  const token = cookie === undefined ? null : readCookie(cookie, secure);
  if (token === null) return NOBODY;
  const session = sessionOf(token, '');
  // A token for a script is no cookie: a page could not be told from the script.
  return session && !session.app ? { session, byCookie: true } : NOBODY;
}

/** The caller that the firewall sees. */
export function callerOf(session: Session | null): Caller {
  if (session === null) return ANYONE;
  const { persona, id, app } = session;
  return app ? { kind: 'app', persona, token: app.token, label: app.label, services: app.services, write: app.write } : { kind: 'person', persona, session: id };
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

/** Set-Cookie for a new session token, or to end it (null). */
export const sessionCookie = (token: string | null, secure: boolean): string =>
  `${nameOf(secure)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${token === null ? 0 : KEPT}${secure ? '; Secure' : ''}`;
