import { signal, type Signal } from '@preact/signals';

/** Why a draft is back in its composer, and what can be done: send it again, or send it as another post. */
export interface Fault { text: string; as: 'again' | 'too' }

const faults = new Map<string, Signal<Fault | null>>();

/** Why what was written in a context did not go out; everyone who shows its composer shares it. */
export function faultOf(context: string): Signal<Fault | null> {
  let found = faults.get(context);
  if (!found) faults.set(context, found = signal<Fault | null>(null));
  return found;
}

const shown = new Map<string, number>();

/** A composer of this context is on the screen until the answer is called. */
export function showing(context: string): () => void {
  shown.set(context, (shown.get(context) ?? 0) + 1);
  return () => { shown.set(context, (shown.get(context) ?? 1) - 1); };
}

/** Whether somebody sees what is said of this context. */
export const isShown = (context: string): boolean => (shown.get(context) ?? 0) > 0;
