import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Profile } from '@commonhold/sdk';
import { openWrite } from '../state/writing.ts';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/Empty.tsx';
import { t } from '../i18n/index.ts';
import { personFeed, type PersonPart } from '../state/feed.ts';
import { FeedList } from './FeedList.tsx';
import { t as words } from './words.ts';

const HERE = { list: 'person' } as const;

/** Which part of somebody's posts the address asks for. */
function usePart(): { path: string; part: PersonPart } {
  const { path, query } = useLocation();
  return { path, part: 'media' in query ? 'media' : 'replies' in query ? 'replies' : 'posts' };
}

/** Tabs of a profile: posts, with the answers to others, those with pictures. */
export function PersonTabs() {
  const { path, part } = usePart();
  const tab = (name: PersonPart, href: string, label: string) => <a class="tab" href={href} aria-current={name === part ? 'page' : undefined}>{label}</a>;
  return <nav class="tabs in" aria-label={t('profile.posts')}>{tab('posts', path, t('profile.posts'))}{tab('replies', `${path}?replies`, t('profile.replies'))}{tab('media', `${path}?media`, words('profile.media'))}</nav>;
}

function Nothing({ person, part }: { person: Pick<Profile, 'name' | 'me'>; part: PersonPart }) {
  if (part === 'media') return <Empty title={words('profile.media.empty')} />;
  if (person.me) return <Empty title={t('profile.empty')} action={<Button kind="fill" onClick={openWrite}>{t('profile.empty.act')}</Button>}><p>{t('profile.empty.me')}</p></Empty>;
  return <Empty title={t('profile.empty')}><p>{t('profile.empty.other', { name: person.name })}</p></Empty>;
}

/** One person's posts, as the tab says. */
export function PersonPosts({ person }: { person: Pick<Profile, 'persona' | 'name' | 'me'> }) {
  const { part } = usePart();
  const feed = useMemo(() => personFeed(person.persona, part), [person.persona, part]);
  useEffect(() => { if (feed.items.peek() !== null) void feed.catchUp().then(() => feed.showPending()); }, [feed]);
  return <FeedList key={`${person.persona}${part}`} feed={feed} where={HERE} empty={<Nothing person={person} part={part} />} />;
}
