import type { ComponentType } from 'preact';
import { lazy } from 'preact-iso';
import { Failed } from '../components/Empty.tsx';
import { Page } from '../components/Page.tsx';
import { t } from '../i18n/index.ts';
import { refreshHouse } from '../state/session.ts';

/** In place of a screen that could not be fetched: the network was away, or the house has a newer app by now. */
function NotFetched({ error }: { error: unknown }) {
  // Only a fresh page asks surely again for a module that failed; it is opened when the house answers, so that nothing is lost.
  const again = () => void refreshHouse().then(() => location.reload(), () => undefined);
  return <Page title={t('page.failed')}><div class="card sheet"><Failed title={t('page.failed')} error={error} again={again} /></div></Page>;
}

/** A screen that is fetched when it is first opened; when that fails, it says so. */
export const late = (load: () => Promise<{ default: ComponentType }>): ComponentType & { preload(): Promise<unknown> } =>
  lazy<ComponentType>(() => load().catch((error: unknown) => ({ default: () => <NotFetched error={error} /> })));
