import { dropToast, toasts } from '../state/toast.ts';

/** Where toasts appear; read out politely. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <span class="toast" key={toast.id}>
          {toast.text}
          {toast.action ? <button type="button" onClick={() => { dropToast(toast.id); toast.action?.run(); }}>{toast.action.label}</button> : null}
        </span>
      ))}
    </div>
  );
}
