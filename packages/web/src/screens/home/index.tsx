import { useEffect, useMemo } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { Page } from '../../components/Page.tsx';
import { Composer } from '../../compose/Composer.tsx';
import { t } from '../../i18n/index.ts';
import { FeedList } from '../../posts/FeedList.tsx';
import { FeedTabs } from '../../posts/FeedTabs.tsx';
import { t as words } from '../../posts/words.ts';
import { homeFeed, houseFeed, listFeed } from '../../state/feed.ts';
import { lists, listTabs, loadLists } from '../../state/lists.ts';
import { house, houseTitle, myPersona } from '../../state/session.ts';
import { markOf, markSeen } from '../../state/marks.ts';
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
    <FeedList feed={houseFeed()} empty={null} where={HOUSE} />
  </>
);

/** A list of the reader's with nothing in it yet, or one that is not theirs. */
function EmptyList({ name }: { name: string | undefined }) {
  const { params } = useRoute();
  if (name === undefined && lists.value) return <Empty title={words('lists.gone')} action={<Button href="/lists">{words('lists.gone.act')}</Button>} />;
  return <Empty title={words('lists.empty')} action={<Button href={`/lists/${params['key']}`}>{words('lists.empty.act')}</Button>} />;
}

const HOUSE = { list: 'house' } as const;
const HOME = { list: 'home' } as const;

/** Ways to places that have no room in the bar of a phone. */
function Actions() {
  const { route } = useLocation();
  const way = (href: string, icon: IconName, label: string) => <MenuItem icon={icon} onPick={() => route(href)}>{label}</MenuItem>;
  return (
    <>
      <a class="icon-btn" href="/search" aria-label={t('nav.search')} title={t('nav.search')}><Icon name="search" /></a>
      <a class="icon-btn only-phone" href="/log" aria-label={t('nav.log')} title={t('nav.log')}><Icon name="shield" /></a>
      <span class="only-phone"><Menu label={t('nav.more')} button={<Icon name="more" />}>{way('/bookmarks', 'keep', t('nav.bookmarks'))}{way('/lists', 'rank', t('nav.lists'))}{way('/house', 'page', t('nav.house'))}{way('/services', 'plug', t('nav.services'))}</Menu></span>
    </>
  );
}

/** The house, which is its front door, or the people one follows: writing stands on top, and the line where one had stopped. */
function Timeline({ list }: { list: 'house' | 'home' }) {
  const whole = list === 'house';
  const feed = whole ? houseFeed() : homeFeed();
  const newest = feed.items.value?.[0];
  useEffect(() => { markSeen(list, newest); }, [list, newest]);
  return (
    <>
      <section class="card sheet composer-card" aria-label={t('compose.label')}>
        <Composer context="post" id="write" label={t('compose.post')} hint={t('compose.hint')} verb={t('compose.send')} />
      </section>
      <LateNotices />
      {feed.items.value?.some((post) => post.persona === myPersona.value) ? <RecoveryReminder /> : null}
      <FeedList key={list} feed={feed} mark={feed.items.value ? markOf(list) : undefined} where={whole ? HOUSE : HOME} empty={whole ? <EmptyHouse /> : <EmptyHome />} />
      {!whole && feed.items.value?.length === 0 ? <Meanwhile /> : null}
    </>
  );
}

/** What the people on one list write. */
function ListTimeline({ list }: { list: string }) {
  useEffect(() => { if (!lists.peek()) void loadLists().catch(() => undefined); }, []);
  const name = lists.value?.find(({ key }) => key === list)?.name ?? listTabs.value.get(list);
  const where = useMemo(() => ({ list: 'list', name: name ?? '' }) as const, [name]);
  return <FeedList key={list} feed={listFeed(list)} where={where} empty={<EmptyList name={name} />} />;
}

/** Home: lists of posts, the newest first, one behind each tab. */
export default function Home() {
  const { path } = useLocation();
  const { params } = useRoute();
  const list = path === '/feed/following' ? 'home' : 'house';
  const own = params['key'];
  return (
    <Page title={t('home.title')} phoneTitle={<span class="row"><HouseMark id={house.value?.id ?? null} /><span class="clip1">{houseTitle}</span></span>}
      actions={<Actions />} tabs={<FeedTabs here={own ? `list:${own}` : list} />} aside={<Aside />}>
      {own ? <ListTimeline list={own} /> : <Timeline list={list} />}
    </Page>
  );
}
