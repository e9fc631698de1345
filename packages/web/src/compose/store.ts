import { signal, type Signal } from '@preact/signals';
import type { Audience } from '@commonhold/sdk';
import { changeDraft, emptyDraft, freshName, isEmpty, readDraft, sameWords, type Change, type Draft } from './draft.ts';

/** Where drafts are kept: `localStorage`, or a stand-in. `names`: everything that is on it. */
export interface Shelf { getItem(name: string): string | null; setItem(name: string, value: string): void; removeItem(name: string): void; names(): string[] }

const PREFIX = 'commonhold.draft.';
const ASIDE = 'aside:';

/** A draft in its place: the composer it belongs to, or `aside:<id>` where it was put away. */
export interface Placed { context: string; draft: Draft }

/** What a fresh draft begins with. */
export type Start = Partial<Pick<Draft, 'parts' | 'lang' | 'replyTo' | 'quote'>>;

interface Options { freshKey?: () => string; now?: () => number; onAside?: (persona: string) => void }

/**
 * Drafts by context (`post`, `reply:<persona>/<key>`, …), for each person apart. What another window has written meanwhile is never
 * written over: it is put aside, and `onAside` is told.
 */
export function makeDrafts(shelf: Shelf, { freshKey = freshName, now = Date.now, onAside = () => undefined }: Options = {}) {
  const open = new Map<string, Signal<Draft>>();
  /** What this window last knew to be on the shelf. */
  const seen = new Map<string, string | null>();
  const nameOf = (persona: string, context: string): string => `${PREFIX}${persona}.${context}`;

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

  /** Keeps what another window wrote here in the meantime. */
  function spare(persona: string, name: string, mine: Draft): void {
    if (!open.has(name)) return;
    const before = seen.get(name) ?? null;
    const theirs = read(name);
    if (!theirs || isEmpty(theirs) || seen.get(name) === before || sameWords(theirs, mine)) return;
    write(nameOf(persona, ASIDE + freshKey()), { ...theirs, id: freshKey(), key: freshKey() });
    onAside(persona);
  }

  function set(persona: string, context: string, draft: Draft): void {
    const name = nameOf(persona, context);
    const had = open.get(name);
    if (had) had.value = draft;
    else open.set(name, signal(draft));
    write(name, draft);
  }

  function get(persona: string, context: string, audience: Audience, start: Start = {}): Signal<Draft> {
    const name = nameOf(persona, context);
    let draft = open.get(name);
    if (!draft) open.set(name, draft = signal(read(name) ?? { ...emptyDraft(audience, freshKey), ...start }));
    return draft;
  }

  return {
    /** The draft of a context; what is on the shelf, or a fresh one. Everybody who asks gets the same signal. */
    get,
    /** Puts a draft into a context, whatever was there. */
    set,
    /** Nothing is being written in a context any more. */
    drop(persona: string, context: string): void {
      const name = nameOf(persona, context);
      open.delete(name);
      seen.delete(name);
      try { shelf.removeItem(name); } catch { /* the shelf is off: there was nothing on it */ }
    },
    /** Deletes one draft; nothing if another one stands in its place by now. */
    clear(persona: string, context: string, id: string): void {
      const name = nameOf(persona, context);
      const there = open.get(name)?.peek() ?? read(name);
      if (there?.id === id) set(persona, context, emptyDraft(there.audience, freshKey));
    },
    /** Takes back a draft that was brought in, wherever it is, unless it was written on. */
    forget(persona: string, { id, updatedAt }: Draft): void {
      for (const { context, draft } of this.list(persona)) if (draft.id === id && draft.updatedAt === updatedAt) this.clear(persona, context, id);
    },
    /** Changes what is being written. */
    edit(persona: string, context: string, change: Change): void {
      const draft = open.get(nameOf(persona, context))?.peek();
      if (!draft) return;
      spare(persona, nameOf(persona, context), draft);
      set(persona, context, changeDraft(draft, change, now()));
    },
    /** Remembers which state of it the house has. */
    saved(persona: string, context: string, at: number): void {
      const draft = open.get(nameOf(persona, context))?.peek() ?? read(nameOf(persona, context));
      if (draft && !isEmpty(draft)) set(persona, context, { ...draft, saved: at });
    },
    /** Makes another post of it: what was sent under its key is posted already. */
    rekey(persona: string, context: string): void {
      const draft = open.get(nameOf(persona, context))?.peek();
      if (draft) set(persona, context, { ...draft, key: freshKey() });
    },
    /** Takes it out, to be sent or put aside: an empty draft with names of its own takes its place. Null where nothing is written. */
    take(persona: string, context: string): Draft | null {
      const draft = open.get(nameOf(persona, context))?.peek() ?? read(nameOf(persona, context));
      if (!draft || isEmpty(draft)) return null;
      const { lang, replyTo, quote } = draft;
      set(persona, context, emptyDraft(draft.audience, freshKey, { ...(lang ? { lang } : {}), ...(replyTo ? { replyTo } : {}), ...(quote ? { quote } : {}) }));
      return draft;
    },
    /** Puts a draft back where it came from; where something else is written by now, aside. Answers where it is. */
    giveBack(persona: string, context: string, draft: Draft): string {
      const there = get(persona, context, draft.audience).peek();
      const where = isEmpty(there) || there.id === draft.id ? context : ASIDE + draft.id;
      set(persona, where, draft);
      return where;
    },
    /** Keeps a draft apart from every composer. */
    putAside(persona: string, draft: Draft): void { set(persona, ASIDE + draft.id, draft); },
    /** Takes a draft from where it was kept into a composer; what was being written there is put aside. Answers whether that was so. */
    fetchBack(persona: string, context: string, draft: Draft): boolean {
      const there = get(persona, context, draft.audience).peek();
      const other = !isEmpty(there) && there.id !== draft.id;
      if (other) set(persona, ASIDE + there.id, there);
      set(persona, context, draft);
      this.drop(persona, ASIDE + draft.id);
      return other;
    },
    /** Everything that somebody has on this shelf, the newest first; edits of posts are no drafts of their own. */
    list(persona: string): Placed[] {
      const start = nameOf(persona, '');
      let names: string[] = [];
      try { names = shelf.names(); } catch { /* the shelf is off */ }
      const placed = names.filter((name) => name.startsWith(start) && !name.startsWith(`${start}edit:`)).map((name) => ({ context: name.slice(start.length), draft: readDraft(shelf.getItem(name), freshKey) }));
      return placed.filter((one): one is Placed => one.draft !== null && !isEmpty(one.draft)).sort((a, b) => b.draft.updatedAt - a.draft.updatedAt);
    },
    /** Another window changed the shelf. What is open here is shown as it is there: what was here was on the shelf, too. */
    hear(name: string): void {
      const mine = open.get(name);
      if (!mine) return;
      const before = seen.get(name);
      const theirs = read(name);
      if (seen.get(name) === before) return;
      const { audience, replyTo, quote } = mine.peek();
      mine.value = theirs ?? emptyDraft(audience, freshKey, { ...(replyTo ? { replyTo } : {}), ...(quote ? { quote } : {}) });
    },
    /** Looks at the shelf again for all that is open: this window slept, and nobody told it. */
    wake(): void { for (const name of open.keys()) this.hear(name); },
  };
}

/** What `makeDrafts` makes. */
export type Drafts = ReturnType<typeof makeDrafts>;
/** The context of a draft that was put away. */
export const asideOf = (id: string): string => ASIDE + id;
/** Whether a shelf's name is that of a draft. */
export const isDraftName = (name: string): boolean => name.startsWith(PREFIX);
