import type { Audience } from '@commonhold/sdk';
import { isAudience } from '../words/audience.ts';
import type { Shelf } from './rack.ts';

const AUDIENCE = 'commonhold.audience.';
const LANGUAGE = 'commonhold.language.';

function read(shelf: Shelf, name: string): string | null {
  try { return shelf.getItem(name); } catch { return null; }
}

function write(shelf: Shelf, name: string, value: string): void {
  try { shelf.setItem(name, value); } catch { /* the shelf is full or off: the next one starts as the first did */ }
}

/** Whom somebody's last post of a kind was for; null when this browser does not know. */
export function lastAudience(shelf: Shelf, persona: string): Audience | null {
  const found = read(shelf, AUDIENCE + persona);
  return isAudience(found) ? found : null;
}

/** Remembers whom a post was for: the next one starts so. */
export const keepAudience = (shelf: Shelf, persona: string, audience: Audience): void => write(shelf, AUDIENCE + persona, audience);

/** The language somebody's posts were last said to be in; null when they said none. */
export const lastLanguage = (shelf: Shelf, persona: string): string | null => read(shelf, LANGUAGE + persona) || null;

/** Remembers the language of posts, or that none is said. */
export const keepLanguage = (shelf: Shelf, persona: string, language: string | undefined): void => write(shelf, LANGUAGE + persona, language ?? '');
