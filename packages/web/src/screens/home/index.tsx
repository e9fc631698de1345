import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Page } from '../../components/Page.tsx';
import { Composer } from '../../compose/Composer.tsx';
import { t } from '../../i18n/index.ts';
import { FeedList } from '../../posts/FeedList.tsx';
import { homeFeed, houseFeed } from '../../state/feed.ts';
import { house, houseTitle, myPersona } from '../../state/session.ts';
import { markSeen, seenBefore } from '../../state/seen.ts';
import { RecoveryReminder } from '../settings/RecoveryReminder.tsx';
import { LateNotices } from './LateNotices.tsx';
import { Aside, Suggestions } from './Aside.tsx';

/** Nothing to read yet: alone in the house, or following nobody who has written. */
const EmptyHome = () => (house.value?.people ?? 1) < 2 ? (
  <Empty title={t('people.alone.title')} action={<Button kind="fill" href="/invite">{t('people.invite')}</Button>}><p>{t('people.alone.text')}</p></Empty>
) : (
  <Empty title={t('home.empty.title')} action={<Button kind="fill" href="/people">{t('home.empty.act')}</Button>}><p>{t('home.empty.text')}</p></Empty>
);
const EmptyHouse = () => (
  <Empty title={t('house.empty.title')} action={<Button kind="fill" onClick={() => document.getElementById('write')?.focus()}>{t('house.empty.act')}</Button>}><p>{t('house.empty.text')}</p></Empty>
);

/** Nobody starts with an empty page: people to follow, and what the house writes. */
const Meanwhile = () => (
  <>
    <div class="not-aside"><Suggestions /></div>
    {houseFeed().items.value?.length === 0 ? null : <h2 class="t-20 side-pad">{t('home.meanwhile')}</h2>}
    <FeedList feed={houseFeed()} empty={null} timeline />
  </>
);

const tab = (href: string, words: string, here: boolean) => <a class="tab" href={href} aria-current={here ? 'page' : undefined}>{words}</a>;

/** Home: the whole house, which is its front door, or the people one follows; writing stands on top. */
export default function Home() {
  const { path } = useLocation();
  const whole = path !== '/feed/following';
  const feed = whole ? houseFeed() : homeFeed();
  const name = `${whole ? 'house' : 'home'}.${myPersona.value ?? ''}`;
  const seen = seenBefore(name);
  const newest = feed.items.value?.[0];
  useEffect(() => { markSeen(name, feed); }, [name, newest]);
  return (
    <Page title={t('home.title')} phoneTitle={<span class="row"><HouseMark id={house.value?.id ?? null} /><span class="clip1">{houseTitle}</span></span>}
      actions={<a class="icon-btn only-phone" href="/log" aria-label={t('nav.log')} title={t('nav.log')}><Icon name="shield" /></a>}
      tabs={<nav class="tabs" aria-label={t('home.feeds')}>{tab('/', t('home.house'), whole)}{tab('/feed/following', t('home.following'), !whole)}</nav>} aside={<Aside />}>
      <section class="card sheet composer-card" aria-label={t('compose.label')}>
        <Composer context="post" id="write" label={t('compose.post')} hint={t('compose.hint')} verb={t('compose.send')} />
      </section>
      <LateNotices />
      {feed.items.value?.some((post) => post.persona === myPersona.value) ? <RecoveryReminder /> : null}
      <FeedList key={name} feed={feed} seen={seen} timeline empty={whole ? <EmptyHouse /> : <EmptyHome />} />
      {!whole && feed.items.value?.length === 0 ? <Meanwhile /> : null}
    </Page>
  );
}
