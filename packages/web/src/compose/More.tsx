import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';
import type { Draft } from './draft.ts';
import type { RestProps } from './parts.ts';

/** Whether a draft has anything beyond its words and its audience. */
export const wants = ({ lang }: Draft): boolean => lang !== undefined;

type Parts = { Rest: ComponentType<RestProps> };
let fetched: Promise<Parts> | null = null;

/** What a draft has beyond words and audience: fetched when the first draft needs it. */
export function More(props: RestProps) {
  const [parts, set] = useState<Parts | 'failed' | null>(null);
  const load = () => {
    fetched ??= import('./rest/index.tsx');
    fetched.then((found) => set(found), () => { fetched = null; set('failed'); });
  };
  useEffect(load, []);
  if (parts === 'failed') return <div class="said"><Note kind="bad" icon="away" alert action={{ label: t('retry'), run: load }}>{t('compose.more.failed')}</Note></div>;
  return <div class="rest" aria-busy={parts ? undefined : 'true'}>{parts ? <parts.Rest {...props} /> : null}</div>;
}
