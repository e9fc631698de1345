import { signal } from '@preact/signals';

const KEY = 'commonhold.keys';
/* A second key of two, such as the h of g h, comes within this time. */
const TOGETHER_MS = 1500;

/** The keys that do something without Ctrl or Alt, in the order of the sheet; two with a space are pressed one after the other. */
export const SINGLE_KEYS = ['j', 'k', 'o', 'r', 'l', 'b', 'q', 'n', '/', 'g h', 'g n', '?'] as const;
/** One of them. */
export type SingleKey = (typeof SINGLE_KEYS)[number];

function readChoice(): boolean {
  try { return localStorage.getItem(KEY) !== 'off'; } catch { return true; }
}

/** Whether single keys do anything in this browser: who speaks to the computer, or hits keys by accident, switches them off. */
export const singleKeys = signal(readChoice());

/** Switches single keys on or off, and keeps the choice in this browser. */
export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
  } catch { /* storage is off: the choice lasts for this page */ }
}

const acts = new Map<SingleKey, ((event: KeyboardEvent) => void)[]>();

/**
 * Lets a single key do something while a part of the page is there; answers how to stop. Of several the last one counts, so that what lies on
 * top has the key. Nothing is called while somebody types, while a dialog or a menu is open, with Ctrl, Alt or Meta, or when single keys are off.
 */
export function onKey(key: SingleKey, act: (event: KeyboardEvent) => void): () => void {
  acts.set(key, [...acts.get(key) ?? [], act]);
  return () => { acts.set(key, (acts.get(key) ?? []).filter((one) => one !== act)); };
}

const TYPING = 'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"], [role="textbox"]';

/** Whether a key is meant for what has the focus, or for what lies over the page. */
function isTaken(event: KeyboardEvent): boolean {
  const at = event.target instanceof Element ? event.target : null;
  return event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || at?.closest(TYPING) != null || document.querySelector('dialog[open], [role="menu"]') !== null;
}

let first: { key: string; at: number } | null = null;

/** Reads which of our keys a press is: after `g` within a moment, two are one. */
export function keyOf(pressed: string, now: number): SingleKey | null {
  const both = first && now - first.at < TOGETHER_MS ? `${first.key} ${pressed}` : pressed;
  first = null;
  if (SINGLE_KEYS.includes(both as SingleKey)) return both as SingleKey;
  if (SINGLE_KEYS.some((key) => key.startsWith(`${pressed} `))) first = { key: pressed, at: now };
  return SINGLE_KEYS.includes(pressed as SingleKey) ? pressed as SingleKey : null;
}

/** Starts hearing keys. Call once. */
export function startKeys(): void {
  addEventListener('keydown', (event) => {
    if (!singleKeys.peek() || isTaken(event)) return;
    const key = keyOf(event.key, event.timeStamp);
    const act = key && acts.get(key)?.at(-1);
    if (!act) return;
    event.preventDefault();
    act(event);
  });
}
