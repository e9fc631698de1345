import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { IconButton } from '../components/Button.tsx';
import { Toasts } from '../components/Toasts.tsx';
import { Composer } from '../compose/Composer.tsx';
import { t } from '../i18n/index.ts';
import { nameOf } from '../posts/parts.tsx';
import { idOf } from '../state/merge.ts';
import { writing } from '../state/writing.ts';

/** The composer as a dialog: Esc closes it, the words stay. */
export function WriteDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { path } = useLocation();
  const now = writing.value;
  const isOpen = now !== null;
  // Before the composer's own effect, which focuses its field: nothing in a closed dialog can have the focus.
  useLayoutEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  // Another page closes it; the page on which it was opened does not.
  const on = useRef(path);
  useEffect(() => {
    if (on.current !== path) writing.value = null;
    on.current = path;
  }, [path]);
  const close = () => { writing.value = null; };
  return (
    <dialog class="write-dialog card composer-card" ref={dialog} onClose={close} aria-label={t('compose.label')}
      onClick={(event) => { if (event.target === dialog.current) close(); }}>
      {now ? (
        <>
          <div class="head"><h2 class="t-20 grow">{t('compose.label')}</h2><IconButton icon="close" label={t('close')} onClick={close} /></div>
          {now.quotes
            ? <Composer key={idOf(now.quotes)} context={`quote:${idOf(now.quotes)}`} quotes={now.quotes} label={t('compose.quote', { name: nameOf(now.quotes.persona) })} hint={t('compose.quote.hint')} verb={t('compose.send')} focus onLeft={close} />
            : <Composer context="post" label={t('compose.post')} hint={t('compose.hint')} verb={t('compose.send')} focus onLeft={close} />}
          <Toasts />
        </>
      ) : null}
    </dialog>
  );
}
