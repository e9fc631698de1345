import { signal } from '@preact/signals';
import type { PostItem } from '@commonhold/sdk';
import type { Change, Draft } from './draft.ts';

/** Changes the draft. */
export type Edit = (change: Change) => void;
/** What the parts beyond the words are given: `quotes` is the post that is quoted, once it is known; `setImages` names the pictures of one of its posts. */
export interface RestProps { persona: string; context: string; draft: Draft; edit: Edit; limit: number; setImages: (at: number, images: Draft['parts'][0]['images']) => void; quotes?: PostItem | undefined; onKeyDown: (event: KeyboardEvent) => void }

/** The part that was just asked for: it takes the focus when it is there. */
export const asked = signal<'warning' | 'poll' | 'part' | 'due' | 'quotes' | 'language' | null>(null);

/** Focuses what was just asked for, once. */
export function focusAsked(name: NonNullable<typeof asked.value>): (at: HTMLElement | null) => void {
  return (at) => {
    if (!at || asked.peek() !== name) return;
    asked.value = null;
    at.focus();
  };
}
