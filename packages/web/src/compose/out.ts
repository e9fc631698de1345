import { readDraft, type Draft } from './draft.ts';
import type { Shelf } from './rack.ts';

/** Something on its way to the house: where it was written, and since when (ms). */
export interface Out { context: string; draft: Draft; since: number }

const PREFIX = 'commonhold.out.';

function read(kept: string | null): Out | null {
  try {
    const value = JSON.parse(kept ?? 'null') as Partial<Out> | null;
    const draft = value?.draft ? readDraft(JSON.stringify(value.draft)) : null;
    return draft && typeof value?.context === 'string' && typeof value.since === 'number' ? { context: value.context, draft, since: value.since } : null;
  } catch {
    return null;
  }
}

/** What was sent and not answered yet, kept so that a crash or a closed window loses nothing: it goes out again, under the same key. */
export function makeOut(shelf: Shelf) {
  const nameOf = (persona: string, { key }: Draft): string => `${PREFIX}${persona}.${key}`;
  return {
    add(persona: string, out: Out): void {
      try { shelf.setItem(nameOf(persona, out.draft), JSON.stringify(out)); } catch { /* the shelf is full or off: it goes out as long as the page lives */ }
    },
    remove(persona: string, draft: Draft): void {
      try { shelf.removeItem(nameOf(persona, draft)); } catch { /* the shelf is off: there was nothing on it */ }
    },
    /** What somebody's windows left behind, the oldest first. */
    waiting(persona: string): Out[] {
      try {
        const names = shelf.names().filter((name) => name.startsWith(`${PREFIX}${persona}.`));
        return names.map((name) => read(shelf.getItem(name))).filter((out) => out !== null).sort((a, b) => a.since - b.since);
      } catch {
        return [];
      }
    },
  };
}
