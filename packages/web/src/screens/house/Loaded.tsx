import type { ComponentChildren } from 'preact';
import { Failed } from '../../components/Empty.tsx';
import type { Load } from '../parts/useLoad.ts';
import { t } from './words.ts';

/** What was fetched, or that it is on its way, or why it did not come. */
export function Loaded<T>({ load, children }: { load: Load<T>; children: (value: T) => ComponentChildren }) {
  if (load.error) return <div class="card"><Failed title={t('failed')} error={load.error} again={load.again} /></div>;
  if (load.value === null) return <div class="card pad stack" aria-busy="true"><span class="vh" role="status">{t('loading')}</span><span class="skel w-40" /><span class="skel" /><span class="skel w-60" /></div>;
  return <>{children(load.value)}</>;
}
