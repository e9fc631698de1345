import { signal } from '@preact/signals';

/* Remembered as long as the page lives: going back finds what was opened open. */
const open = signal<ReadonlySet<string>>(new Set());

/** Whether something folded was opened, by its name. */
export const isOpen = (name: string): boolean => open.value.has(name);

/** Opens what is folded, or folds it. */
export function setOpen(name: string, yes: boolean): void {
  const next = new Set(open.peek());
  if (yes) next.add(name);
  else next.delete(name);
  open.value = next;
}
