import { signal } from '@preact/signals';

/** A line at the foot of the screen; `action` is one verb. */
export interface Toast { id: number; text: string; action?: { label: string; run: () => unknown } }

/** Toasts on the screen, oldest first. */
export const toasts = signal<readonly Toast[]>([]);
let last = 0;

/** Takes a toast away. */
export function dropToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** Shows a toast for `ms` (4 s; 5 s with an action); answers its id. */
export function toast(text: string, action?: Toast['action'], ms = action ? 5000 : 4000): number {
  const id = ++last;
  toasts.value = [...toasts.value.slice(-2), action ? { id, text, action } : { id, text }];
  setTimeout(() => dropToast(id), ms);
  return id;
}
