import { signal, type Signal } from '@preact/signals';
import type { Audience } from '@commonhold/sdk';
import { emptyDraft, isEmpty, readDraft, sameWords, type Draft } from './draft.ts';

/** Where drafts are kept: `localStorage`, or a stand-in. `names`: everything that is on it. */
export interface Shelf { getItem(name: string): string | null; setItem(name: string, value: string): void; removeItem(name: string): void; names(): string[] }

/** What a fresh draft begins with. */
export type Start = Partial<Pick<Draft, 'parts' | 'lang' | 'replyTo' | 'quote'>>;

const PREFIX = 'commonhold.draft.';

/** The context of a draft that was put away. */
export const asideOf = (id: string): string => `aside:${id}`;
/** The name on the shelf of somebody's draft in a context. */
export const nameOf = (persona: string, context: string): string => `${PREFIX}${persona}.${context}`;
/** Whether a shelf's name is that of a draft. */
export const isDraftName = (name: string): boolean => name.startsWith(PREFIX);

/** The drafts that are open in this window, and what it last knew to be on the shelf. */
export function makeRack(shelf: Shelf, freshKey: () => string, onAside: (persona: string) => void) {
  const open = new Map<string, Signal<Draft>>();
  const seen = new Map<string, string | null>();

  function read(name: string): Draft | null {
    let kept: string | null = null;
    try { kept = shelf.getItem(name); } catch { /* the shelf is off: there is nothing on it */ }
    seen.set(name, kept);
    return readDraft(kept, freshKey);
  }

  function write(name: string, draft: Draft): void {
    const kept = isEmpty(draft) ? null : JSON.stringify(draft);
    try {
      if (kept === null) shelf.removeItem(name);
      else shelf.setItem(name, kept);
      seen.set(name, kept);
    } catch { /* the shelf is full or off: the draft lives as long as the page */ }
  }

  return {
    shelf, open, seen, read, freshKey,
    /** What stands in a context now; null where nothing was ever written. */
    now: (persona: string, context: string): Draft | null => open.get(nameOf(persona, context))?.peek() ?? read(nameOf(persona, context)),
    /** The draft of a context; what is on the shelf, or a fresh one. Everybody who asks gets the same signal. */
    get(persona: string, context: string, audience: Audience, start: Start = {}): Signal<Draft> {
      const name = nameOf(persona, context);
      let draft = open.get(name);
      if (!draft) open.set(name, draft = signal(read(name) ?? { ...emptyDraft(audience, freshKey), ...start }));
      return draft;
    },
    /** Puts a draft into a context, whatever was there. */
    set(persona: string, context: string, draft: Draft): void {
      const name = nameOf(persona, context);
      const had = open.get(name);
      if (had) had.value = draft;
      else open.set(name, signal(draft));
      write(name, draft);
    },
    /** Before this window writes: keeps what another one wrote in the same place meanwhile. */
    spare(persona: string, context: string, mine: Draft): void {
      const name = nameOf(persona, context);
      if (!open.has(name)) return;
      const before = seen.get(name) ?? null;
      const theirs = read(name);
      if (!theirs || isEmpty(theirs) || seen.get(name) === before || sameWords(theirs, mine)) return;
      write(nameOf(persona, asideOf(freshKey())), { ...theirs, id: freshKey(), key: freshKey() });
      onAside(persona);
    },
  };
}

/** What `makeRack` makes. */
export type Rack = ReturnType<typeof makeRack>;
