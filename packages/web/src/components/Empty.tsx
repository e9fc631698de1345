import type { ComponentChildren } from 'preact';
import { ApiError } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { faultText } from '../i18n/fault.ts';
import { Button } from './Button.tsx';

export { faultText };

/** Drawings of the empty and the broken state. */
const ART = {
  cup: <path d="M20 66h96M42 30h44v18a14 14 0 0 1-14 14H56a14 14 0 0 1-14-14zM86 34h6a8 8 0 0 1 0 16h-6M54 22c-4-5 4-7 0-12M66 20c-4-5 4-7 0-12M78 22c-4-5 4-7 0-12" />,
  cut: <><path d="M8 60h120M16 60V38l16-12 16 12v22M88 60V38l16-12 16 12v22M48 44c10 10 12 2 16 0M88 44c-10-10-14-2-17 2" /><path class="spark" d="M66 36l2-8M71 37l6-6M61 37l-5-6" /></>,
} as const;

/** When there is little to show: one sentence and one action. */
export function Empty({ title, art = 'cup', children, action, after }: { title: string; art?: keyof typeof ART; children?: ComponentChildren; action?: ComponentChildren; after?: ComponentChildren }) {
  return (
    <div class="empty">
      <svg class="art" viewBox="0 0 136 72" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{ART[art]}</svg>
      <h2 class="t-20">{title}</h2>
      {children}
      {action}
      {after}
    </div>
  );
}

/** Something did not load: what, why, and Try again. */
export function Failed({ title, error, again }: { title: string; error: unknown; again: () => void }) {
  const detail = error instanceof ApiError ? `${error.status || '–'} ${error.code}` : String(error);
  return (
    <div role="alert">
      <Empty title={title} art="cut" action={<Button kind="fill" icon="retry" onClick={again}>{t('retry')}</Button>} after={<details><summary>{t('detail')}</summary><p class="addr">{detail}</p></details>}>
        <p>{faultText(error)}</p>
      </Empty>
    </div>
  );
}
