import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { t } from '../i18n/index.ts';
import { cameFromHere } from '../app/history.ts';
import { IconButton } from './Button.tsx';

/** The head of a page: a way back, its name, what can be done with it. */
export function TopBar({ title, phoneTitle, back, actions }: { title: string; phoneTitle?: ComponentChildren; back?: string | undefined; actions?: ComponentChildren }) {
  const { route } = useLocation();
  return (
    <header class="top">
      {back === undefined ? null : <IconButton icon="back" label={t('nav.back')} onClick={() => { if (cameFromHere()) history.back(); else route(back, true); }} />}
      <h1 class="name grow clip1" tabIndex={-1}>
        {phoneTitle ? <><span class="only-phone">{phoneTitle}</span><span class="only-wide">{title}</span></> : title}
      </h1>
      {actions}
    </header>
  );
}
