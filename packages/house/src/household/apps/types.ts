import type { Session } from '../ports.ts';

/** What somebody agreed to: an app of a service, coming from one origin, may have these collections (null: all) of what they keep there. */
export interface AppWish {
  persona: string; service: string;
  /** What the service calls itself. */
  title: string;
  origin: string;
  /** Names of bundles, as they were asked for. */
  scope: string;
  collections: readonly string[] | null;
  /** The device of the session that agreed, if any: the consent ends with it. */
  device: string | null;
}

/** A code for an app, with what the app must show to use it. */
export interface CodeWish extends AppWish { redirectUri: string; /** base64url of the SHA-256 of the verifier (RFC 7636, S256). */ challenge: string }

/** How a code is used. */
export interface Exchange { code: string; clientId: string; redirectUri: string | null; verifier: string }

/** What an app gets; `expires` in seconds from now. */
export interface Issued { persona: string; service: string; scope: string; access: string; refresh: string; expires: number }

/** A consent as its person sees it; times in milliseconds, `used` null for never. */
export interface AppLine { id: string; service: string; title: string; origin: string; scope: readonly string[]; collections: readonly string[] | null; created: number; used: number | null }

/** Apps that people let in (OAuth 2.1, public clients with PKCE). */
export interface Apps {
  /** A code, good once and for a minute. Refuses `too_many_apps`. */
  offer(wish: CodeWish): string;
  /** Null for a code that is not there any more, was used, or is another app's; one that is used twice ends what came of it. */
  exchange(exchange: Exchange): Issued | null;
  /** New tokens for an old one, once; null for one that is not there. One that is used twice ends the consent. */
  refresh(token: string, clientId: string): Issued | null;
  /** Ends the consent to which a token belongs, if any. */
  revoke(token: string, clientId: string): void;
  list(persona: string): AppLine[];
  /** Ends one of this persona's, and every stream it has open; false if there is none such. */
  end(persona: string, id: string): boolean;
  endAll(persona: string): void;
  /** Ends those to which a device agreed that may not act for this persona any more. */
  endRevoked(persona: string): void;
  /** Forgets all that apps of a service ever had of this persona's: they have left it. */
  forget(persona: string, service: string): void;
  /** True for what looks like a token of an app's: it is then no session. */
  is(token: string): boolean;
  /** Whose it is, as a session with `app`, or null. Wrong ones count against `from`: refuses `slow_down`. */
  of(token: string, from: string): Session | null;
  /** What the service called itself; '' when that is forgotten. */
  labelOf(persona: string, id: string): string;
  /** Whether some app from this origin was let in, or is about to be. */
  knows(origin: string): boolean;
  sweep(): void;
}
