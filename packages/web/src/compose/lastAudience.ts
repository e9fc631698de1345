import type { Audience } from '@commonhold/sdk';
import type { Shelf } from '../state/draft.ts';
import { isAudience } from '../words/audience.ts';

const PREFIX = 'commonhold.audience.';

/** Whom somebody's last post was for; null when this browser does not know. */
export function lastAudience(shelf: Shelf, persona: string): Audience | null {
  try {
    const found = shelf.getItem(PREFIX + persona);
    return isAudience(found) ? found : null;
  } catch {
    return null;
  }
}

/** Remembers whom a post was for: the next one starts so. */
export function keepAudience(shelf: Shelf, persona: string, audience: Audience): void {
  try { shelf.setItem(PREFIX + persona, audience); } catch { /* the shelf is full or off: the next one starts as the first did */ }
}
