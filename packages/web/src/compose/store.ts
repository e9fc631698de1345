import { changeDraft, emptyDraft, freshName, isEmpty, readDraft, type Change, type Draft } from './draft.ts';
import { asideOf, makeRack, nameOf, type Rack, type Shelf } from './rack.ts';

/** A draft in its place: the composer it belongs to, or `aside:<id>` where it was put away. */
export interface Placed { context: string; draft: Draft }

interface Options { freshKey?: () => string; now?: () => number; onAside?: (persona: string) => void }

/* What an empty draft takes over from the one before in its place. */
const like = ({ audience, lang, replyTo, quote }: Draft, freshKey: () => string): Draft =>
  emptyDraft(audience, freshKey, { ...(lang ? { lang } : {}), ...(replyTo ? { replyTo } : {}), ...(quote ? { quote } : {}) });

/** Writing: what happens to a draft where it stands. */
const writing = (rack: Rack, now: () => number) => ({
  /** Changes what is being written. */
  edit(persona: string, context: string, change: Change): void {
    const draft = rack.open.get(nameOf(persona, context))?.peek();
    if (!draft) return;
    rack.spare(persona, context, draft);
    rack.set(persona, context, changeDraft(draft, change, now()));
  },
  /** Makes another post of it: what was sent under its key is posted already. */
  rekey(persona: string, context: string): void {
    const draft = rack.open.get(nameOf(persona, context))?.peek();
    if (draft) rack.set(persona, context, { ...draft, key: rack.freshKey() });
  },
  /** Makes another draft of it: the one of its name was changed elsewhere, and is kept. */
  rename(persona: string, context: string): void {
    const draft = rack.now(persona, context);
    if (!draft) return;
    const { saved: _, given: _given, ...rest } = draft;
    rack.set(persona, context, { ...rest, id: rack.freshKey(), key: rack.freshKey(), updatedAt: now() });
  },
  /** This is about to be handed to the house. */
  given(persona: string, context: string, id: string, given: number): void {
    const draft = rack.now(persona, context);
    if (draft?.id === id) rack.set(persona, context, { ...draft, given });
  },
  /** The house has `was` since `at` (ms, by its clock). */
  saved(persona: string, context: string, was: Draft, at: number): void {
    const draft = rack.now(persona, context);
    if (draft?.id === was.id) rack.set(persona, context, { ...draft, saved: at, updatedAt: draft.updatedAt === was.updatedAt ? at : Math.max(draft.updatedAt, at + 1) });
  },
  /** Takes it out, to be sent or put aside: an empty draft with names of its own takes its place. Null where nothing is written. */
  take(persona: string, context: string): Draft | null {
    const draft = rack.now(persona, context);
    if (!draft || isEmpty(draft)) return null;
    rack.set(persona, context, like(draft, rack.freshKey));
    return draft;
  },
  /** Nothing is being written in a context any more. */
  drop(persona: string, context: string): void {
    const name = nameOf(persona, context);
    rack.open.delete(name);
    rack.seen.delete(name);
    try { rack.shelf.removeItem(name); } catch { /* the shelf is off: there was nothing on it */ }
  },
  /** Deletes one draft; nothing if another one stands in its place by now. */
  clear(persona: string, context: string, id: string): void {
    const there = rack.now(persona, context);
    if (there?.id === id) rack.set(persona, context, emptyDraft(there.audience, rack.freshKey));
  },
});

/** Everything that somebody has on this shelf, the newest first; edits of posts are no drafts of their own. */
function listed({ shelf, freshKey }: Rack, persona: string): Placed[] {
  const start = nameOf(persona, '');
  let names: string[] = [];
  try { names = shelf.names(); } catch { /* the shelf is off */ }
  const placed = names.filter((name) => name.startsWith(start) && !name.startsWith(`${start}edit:`)).map((name) => ({ context: name.slice(start.length), draft: readDraft(shelf.getItem(name), freshKey) }));
  return placed.filter((one): one is Placed => one.draft !== null && !isEmpty(one.draft)).sort((a, b) => b.draft.updatedAt - a.draft.updatedAt);
}

/** Moving: drafts between composers and where they are kept. */
const moving = (rack: Rack, { clear, drop }: ReturnType<typeof writing>) => ({
  /** Puts a draft back where it came from; where something else is written by now, aside. Answers where it is. */
  giveBack(persona: string, context: string, draft: Draft): string {
    const there = rack.get(persona, context, draft.audience).peek();
    const where = isEmpty(there) || there.id === draft.id ? context : asideOf(draft.id);
    rack.set(persona, where, draft);
    return where;
  },
  /** Keeps a draft apart from every composer. */
  putAside(persona: string, draft: Draft): void { rack.set(persona, asideOf(draft.id), draft); },
  /** Takes a draft from where it was kept into a composer; what was being written there is put aside. Answers whether that was so. */
  fetchBack(persona: string, context: string, draft: Draft): boolean {
    const there = rack.get(persona, context, draft.audience).peek();
    const other = !isEmpty(there) && there.id !== draft.id;
    if (other) rack.set(persona, asideOf(there.id), there);
    rack.set(persona, context, draft);
    drop(persona, asideOf(draft.id));
    return other;
  },
  list: (persona: string): Placed[] => listed(rack, persona),
  /** Takes back a draft that was brought in, wherever it is, unless it was written on. */
  forget(persona: string, { id, updatedAt }: Draft): void {
    for (const { context, draft } of listed(rack, persona)) if (draft.id === id && draft.updatedAt === updatedAt) clear(persona, context, id);
  },
});

/** Hearing: what other windows do to the shelf. */
function hearing(rack: Rack) {
  const hear = (name: string): void => {
    const mine = rack.open.get(name);
    if (!mine) return;
    const before = rack.seen.get(name);
    const theirs = rack.read(name);
    if (rack.seen.get(name) === before) return;
    mine.value = theirs ?? like(mine.peek(), rack.freshKey);
  };
  return {
    /** Another window changed the shelf. What is open here is shown as it is there: what was here was on the shelf, too. */
    hear,
    /** Looks at the shelf again for all that is open: this window slept, and nobody told it. */
    wake(): void { for (const name of rack.open.keys()) hear(name); },
  };
}

/**
 * Drafts by context (`post`, `reply:<persona>/<key>`, …), for each person apart. What another window has written meanwhile is never
 * written over: it is put aside, and `onAside` is told.
 */
export function makeDrafts(shelf: Shelf, { freshKey = freshName, now = Date.now, onAside = () => undefined }: Options = {}) {
  const rack = makeRack(shelf, freshKey, onAside);
  const written = writing(rack, now);
  return { get: rack.get, now: rack.now, ...written, ...moving(rack, written), ...hearing(rack) };
}
