/* Back restores list, scroll and focus. Each history entry gets an id in its state; what belongs to it is kept by that id. */

interface Kept { y: number; focus: string | null }
interface EntryState { entry: string; depth: number }

const STORE = 'commonhold.places';
const places = new Map<string, Kept>(read());
let current = '';

function read(): [string, Kept][] {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? '[]') as [string, Kept][];
  } catch {
    return [];
  }
}

const stateNow = (): EntryState | null => {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'entry' in state ? state as EntryState : null;
};

/** True when going back stays inside the app. */
export const cameFromHere = (): boolean => (stateNow()?.depth ?? 0) > 0;

/** The nearest named thing that was in use: what gets the focus again. */
const focusId = (): string | null => document.activeElement?.closest('[id]:not(#app, #main)')?.id ?? null;

function keep(): void {
  if (current !== '' && stateNow()?.entry === current) places.set(current, { y: scrollY, focus: focusId() });
}

/** Starts keeping places. Call once, before the first render. */
export function startHistory(): void {
  history.scrollRestoration = 'manual';
  arrive();
  addEventListener('scroll', keep, { passive: true });
  addEventListener('click', keep, { capture: true });
  addEventListener('pagehide', () => {
    keep();
    try { sessionStorage.setItem(STORE, JSON.stringify([...places].slice(-50))); } catch { /* storage is off: nothing to restore after a reload */ }
  });
}

let depth = 0;

/** Marks the entry just reached; answers what was kept of it, or null when it is new. */
export function arrive(): Kept | null {
  const state = stateNow();
  if (!state) {
    depth = current === '' ? 0 : depth + 1;
    current = crypto.getRandomValues(new Uint32Array(2)).join('-');
    history.replaceState({ entry: current, depth } satisfies EntryState, '');
    return null;
  }
  current = state.entry;
  depth = state.depth;
  return places.get(current) ?? null;
}

function place(kept: Kept | null): void {
  const was = kept?.focus ? document.getElementById(kept.focus) : null;
  if (kept) scrollTo(0, kept.y);
  (was ?? document.querySelector<HTMLElement>('#main h1') ?? document.getElementById('main'))?.focus({ preventScroll: true });
}

let owed: { entry: string; kept: Kept | null } | null = null;

/** Puts the window and the focus where they were, or the focus on the new page's name. */
export function settle(kept: Kept | null): void {
  place(kept);
  // A screen that had to be fetched takes the old one's place only after this, and settles when it is there.
  owed = { entry: current, kept };
}

/** A page is in the document now: what the navigation to it still owes is done. */
export function pageIsHere(): void {
  if (owed?.entry === current) place(owed.kept);
  owed = null;
}
