import { createHash } from 'node:crypto';
import type { Guessing } from './guessing.ts';
import type { Session } from './ports.ts';

/** How many tokens are held at once; the one that was found longest ago goes first. */
const CACHED = 1024;
/** How often it is written down that a token is in use, in ms. */
const SEEN_EVERY = 5 * 60_000;

/** Whose a token is; `expires` in ms, null for never. */
export interface KnownToken { session: Session; id: string; expires: number | null }
interface Held extends KnownToken { used: number; written: number }

interface Deps {
  clock(): number;
  guessing: Guessing;
  /** Whose it is now, as the file says, or null. */
  find(token: string): KnownToken | null;
  /** Writes down when it was used last (ms). */
  touch(used: number, id: string): void;
}

/** Tokens that were shown lately, in memory. */
export function makeTokenShelf({ clock, guessing, find, touch }: Deps) {
  const held = new Map<string, Held>();
  const load = (token: string, from: string): Held | null => {
    const right = guessing.begin(['token', from]);
    const found = find(token);
    if (!found) return null;
    right();
    if (held.size >= CACHED) held.delete(held.keys().next().value ?? '');
    const one = { ...found, used: 0, written: 0 };
    held.set(token, one);
    return one;
  };
  return {
    /** Whose it is, or null. Wrong ones count against `from`: refuses `slow_down`. */
    look: (token: string, from: string): Session | null => {
      const one = held.get(token) ?? load(token, from);
      if (!one || (one.expires !== null && one.expires <= clock())) return null;
      one.used = clock();
      return one.session;
    },
    /** When they were used, by id, as far as that is not written down. */
    used: (): ReadonlyMap<string, number> => new Map([...held.values()].map(({ id, used }) => [id, used])),
    drop: (id: string): void => { for (const [token, one] of held) if (one.id === id) held.delete(token); },
    /** Writes down when they were used. */
    flush: (): void => { for (const one of held.values()) if (one.used - one.written >= SEEN_EVERY) { touch(one.used, one.id); one.written = one.used; } },
  };
}

/** The session that a token stands for. */
export const sessionId = (id: string): string => `app:${id}`;

/** What is kept of a token. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
