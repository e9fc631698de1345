import { signal, type Signal } from '@preact/signals';
import type { Audience } from '@commonhold/sdk';
import { isAudience } from '../words/audience.ts';
import { randomKey } from './random.ts';

/**
 * Something being written. `key` is its idempotency key, made with the first letter and sent with every try, so that a
 * double click or a retry never makes two posts. `tried` = it was sent once without an answer.
 */
export interface Draft { text: string; audience: Audience; key: string; tried: boolean }

/** Where drafts are kept: `localStorage`, or a stand-in of the same shape. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PREFIX = 'commonhold.draft.';

function parse(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Draft>;
    const right = typeof value.text === 'string' && typeof value.key === 'string' && isAudience(value.audience);
    return right ? { text: value.text!, audience: value.audience!, key: value.key!, tried: value.tried === true } : null;
  } catch {
    return null;
  }
}

/** Drafts by context (`post`, `reply:<persona>/<key>`), one shelf for each person. */
export function makeDrafts(shelf: Shelf, freshKey: () => string = randomKey) {
  const open = new Map<string, Signal<Draft>>();
  const nameOf = (persona: string, context: string) => `${PREFIX}${persona}.${context}`;

  function write(name: string, draft: Signal<Draft>, next: Draft): void {
    draft.value = next;
    try {
      if (next.text === '') shelf.removeItem(name);
      else shelf.setItem(name, JSON.stringify(next));
    } catch { /* the shelf is full or off: the draft lives as long as the page */ }
  }

  return {
    /** The draft of a context; what is on the shelf, or a fresh one with these words. Everybody who asks gets the same signal. */
    get(persona: string, context: string, audience: Audience, text = ''): Signal<Draft> {
      const name = nameOf(persona, context);
      let draft = open.get(name);
      if (!draft) open.set(name, draft = signal(parse(shelf.getItem(name)) ?? { text, audience, key: freshKey(), tried: false }));
      return draft;
    },
    /** Nothing is being written in a context any more. */
    drop(persona: string, context: string): void {
      const name = nameOf(persona, context);
      open.delete(name);
      try { shelf.removeItem(name); } catch { /* the shelf is off: there was nothing on it */ }
    },
    /** Changes words or audience. After a try it is another post, so it gets another key. */
    edit(persona: string, context: string, change: Partial<Pick<Draft, 'text' | 'audience'>>): void {
      const name = nameOf(persona, context);
      const draft = open.get(name);
      if (!draft) return;
      const { value } = draft;
      const next = { ...value, ...change };
      if (value.tried && (next.text !== value.text || next.audience !== value.audience)) Object.assign(next, { key: freshKey(), tried: false });
      write(name, draft, next);
    },
    /** Remembers that it was sent, before the answer is known. */
    tried(persona: string, context: string): void {
      const name = nameOf(persona, context);
      const draft = open.get(name);
      if (draft) write(name, draft, { ...draft.value, tried: true });
    },
    /** It is a post now: an empty draft with a key of its own takes its place. */
    done(persona: string, context: string): void {
      const name = nameOf(persona, context);
      const draft = open.get(name);
      if (draft) write(name, draft, { text: '', audience: draft.value.audience, key: freshKey(), tried: false });
    },
  };
}

/** What `makeDrafts` makes. */
export type Drafts = ReturnType<typeof makeDrafts>;
