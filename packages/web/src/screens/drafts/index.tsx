import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { Page } from '../../components/Page.tsx';
import { needPeople } from '../../state/people.ts';
import { Drafts } from './Drafts.tsx';
import { Later } from './Later.tsx';
import { t } from './words.ts';
import './drafts.css';

const tab = (href: string, words: ComponentChildren, here: boolean) => <a class="tab" href={href} aria-current={here ? 'page' : undefined}>{words}</a>;

/** What is being written, and what waits for its time. */
export default function Written() {
  const later = useLocation().query['show'] === 'later';
  useEffect(needPeople, []);
  return (
    <Page title={t('drafts')} back="/" tabs={<nav class="tabs" aria-label={t('drafts.kinds')}>{tab('/drafts', t('drafts.begun'), !later)}{tab('/drafts?show=later', t('waiting'), later)}</nav>}>
      {later ? <Later /> : <Drafts />}
    </Page>
  );
}
