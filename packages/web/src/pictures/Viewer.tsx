import './viewer.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../components/Button.tsx';
import { Icon, type IconName } from '../components/Icon.tsx';
import { t as all } from '../i18n/index.ts';
import type { Shown } from './address.ts';
import { placeholder } from './thumb.ts';
import { useZoom } from './useZoom.ts';
import { t } from './words.ts';

/** One picture, as large as there is room; `hands` look closer. */
function Picture({ shown: { image, full }, look }: { shown: Shown; look: ReturnType<typeof useZoom> }) {
  const [failed, setFailed] = useState(false);
  const { zoom: { scale, x, y }, hands } = look;
  if (failed) return <div class="room"><p role="alert">{t('failed')} <button type="button" class="btn" onClick={() => setFailed(false)}>{all('retry')}</button></p></div>;
  return (
    <div class={scale > 1 ? 'room close' : 'room'} {...hands}>
      <img src={full} alt={image.alt ?? ''} width={image.width} height={image.height} draggable={false} decoding="async" onError={() => setFailed(true)}
        style={{ ...placeholder(image), transform: `translate(${x}px, ${y}px) scale(${scale})` }} />
    </div>
  );
}

/** Turns to the picture beside; at the end it keeps the focus and does nothing. */
const Turn = ({ icon, side, label, end, onClick }: { icon: IconName; side: 'last' | 'next'; label: string; end: boolean; onClick: () => void }) =>
  <button type="button" class={`icon-btn turn ${side}`} aria-label={label} title={label} aria-disabled={end ? 'true' : undefined} onClick={onClick}><Icon name={icon} /></button>;

/** Whether the page is read from the right: then the left arrow leads on. */
const isFromRight = (): boolean => document.documentElement.dir === 'rtl';

/**
 * Pictures over the page, one at a time: arrows and swipes turn, fingers, wheel and buttons look closer, Esc closes, and the focus goes
 * back to where it came from. What is in the picture stands below it in words.
 */
export function Viewer({ pictures, first, onClose }: { pictures: readonly Shown[]; first: number; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(first);
  const turn = (to: 1 | -1) => { setAt((now) => Math.min(pictures.length - 1, Math.max(0, now + to))); look.reset(); };
  const look = useZoom((to) => turn(isFromRight() ? -to as 1 | -1 : to));
  useLayoutEffect(() => {
    const from = document.activeElement;
    dialog.current?.showModal();
    return () => { if (from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true }); };
  }, []);
  const shown = pictures[at]!;
  const onKeyDown = (event: KeyboardEvent) => {
    const act = { ArrowLeft: () => turn(isFromRight() ? 1 : -1), ArrowRight: () => turn(isFromRight() ? -1 : 1), '+': look.larger, '=': look.larger, '-': look.smaller, 0: look.reset }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  // It lies in the sheet of its post, which opens where it is clicked.
  const onClick = (event: MouseEvent) => { event.stopPropagation(); if ((event.target as Element).matches('dialog, .bar')) onClose(); };
  return (
    <dialog class="viewer" ref={dialog} aria-label={t('viewer')} onClose={onClose} onKeyDown={onKeyDown} onClick={onClick}>
      <div class="bar">
        <span class="at grow" role="status">{pictures.length > 1 ? t('viewer.at', { n: at + 1, of: pictures.length }) : null}</span>
        <IconButton icon="minus" label={t('viewer.out')} onClick={look.smaller} />
        <IconButton icon="plus" label={t('viewer.in')} onClick={look.larger} />
        <IconButton icon="close" label={all('close')} onClick={onClose} />
      </div>
      <Picture key={shown.full} shown={shown} look={look} />
      {pictures.length > 1 ? (
        <>
          <Turn icon="back" side="last" label={t('viewer.last')} end={at === 0} onClick={() => turn(-1)} />
          <Turn icon="next" side="next" label={t('viewer.next')} end={at === pictures.length - 1} onClick={() => turn(1)} />
        </>
      ) : null}
      <p class={shown.image.alt ? 'says' : 'says none'} dir="auto" tabIndex={0}>{shown.image.alt ?? t('viewer.bare')}</p>
    </dialog>
  );
}
