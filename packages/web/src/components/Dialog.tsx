import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import { IconButton } from './Button.tsx';

/** A sheet over the page with a title: Esc and a click beside it close it, and the focus goes back to where it came from. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useLayoutEffect(() => {
    const from = document.activeElement;
    dialog.current?.showModal();
    return () => { if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true }); };
  }, []);
  return (
    <dialog class="sheet-dialog card" ref={dialog} onClose={onClose} aria-labelledby={name} onClick={(event) => { if (event.target === dialog.current) onClose(); }}>
      <div class="head"><h2 class="t-20 grow" id={name} tabIndex={-1}>{title}</h2><IconButton icon="close" label={t('close')} onClick={onClose} /></div>
      {children}
    </dialog>
  );
}
