import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import { dropToast, toasts, type Toast } from '../state/toast.ts';

/** Whether Ctrl+Z is meant for the words of a field. */
const isForField = (at: EventTarget | null): boolean => (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) && at.value !== '';

/** Carries out what a line offers, and takes it away. What was pressed there goes with it: then the focus returns to where it came from. */
function press({ id, action }: Toast, from: EventTarget | null): void {
  dropToast(id);
  action?.run();
  requestAnimationFrame(() => { if (document.activeElement === document.body && from instanceof HTMLElement) from.focus({ preventScroll: true }); });
}

/* The way there by Tab is longer than the line stays. */
function undoLast(event: KeyboardEvent): void {
  if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || isForField(event.target)) return;
  const last = toasts.peek().findLast(({ action }) => action?.label === t('undo'));
  if (!last) return;
  event.preventDefault();
  press(last, event.target);
}

/** Where toasts appear; read out politely. Ctrl+Z takes back what the last one offers to undo. */
export function Toasts() {
  const from = useRef<EventTarget | null>(null);
  useEffect(() => {
    addEventListener('keydown', undoLast);
    return () => removeEventListener('keydown', undoLast);
  }, []);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <span class="toast" key={toast.id}>
          {toast.text}
          {toast.action ? <button type="button" onFocusIn={({ relatedTarget }) => { if (relatedTarget) from.current = relatedTarget; }} onClick={() => press(toast, from.current)}>{toast.action.label}</button> : null}
        </span>
      ))}
    </div>
  );
}
