import type { ComponentChildren } from 'preact';
import { t } from '../i18n/index.ts';
import { Face } from '../components/face/Face.tsx';
import { HouseMark } from '../components/HouseMark.tsx';
import { Icon, type IconName } from '../components/Icon.tsx';
import { Toasts } from '../components/Toasts.tsx';
import { house, houseTitle, isGuest, me } from '../state/session.ts';
import { announced } from '../state/quiet.ts';
import { requests } from '../state/rings.ts';
import { openWrite, writing } from '../state/writing.ts';
import { audienceOf, historyOf, reactionsOf, votesOf } from '../state/posts.ts';
import { LateConsent } from '../compose/LateConsent.tsx';
import { useEffect } from 'preact/hooks';
import { lazy, useLocation } from 'preact-iso';
import { toast } from '../state/toast.ts';
import { LateReport } from './LateReport.tsx';
import { LateRingAsk } from './LateRingAsk.tsx';
import { Switcher } from './Accounts.tsx';
import { OfflineBar } from './OfflineBar.tsx';
import { sheetOpen, usePlaceKeys } from './places.ts';
import { onDemand } from './onDemand.tsx';

interface Place { href: string; icon: IconName; label: string; here: boolean; badge?: Badge | undefined }

/** A number beside a place, and what it says in words. */
interface Badge { n: number; words: string }

/* The house counts no further. */
const MANY = 100;
const count = (n: number): string => n >= MANY ? `${MANY - 1}+` : String(n);
const newsBadge = (): Badge | undefined => announced.value > 0 ? { n: announced.value, words: t('nav.news.unread', { n: count(announced.value) }) } : undefined;
/* Who waits for an answer, until it is given. */
const peopleBadge = (): Badge | undefined => {
  const n = requests.value?.length ?? 0;
  return n > 0 ? { n, words: t('nav.people.asked', { n }) } : undefined;
};

const atHome = (path: string): boolean => path === '/' || path.startsWith('/feed/') || path === '/catch-up';

/* What members reported and nobody has answered yet; stewards alone are told. */
const reportsBadge = (): Badge | undefined => {
  const n = me.value?.reports ?? 0;
  return n > 0 ? { n, words: t('nav.house.reports', { n }) } : undefined;
};

function places(path: string): Place[] {
  return [
    { href: '/', icon: 'home', label: t('nav.home'), here: atHome(path) },
    { href: '/news', icon: 'bell', label: t('nav.news'), here: path === '/news', badge: newsBadge() },
    { href: '/search', icon: 'search', label: t('nav.search'), here: path === '/search' || path.startsWith('/tag/') },
    { href: '/bookmarks', icon: 'keep', label: t('nav.bookmarks'), here: path === '/bookmarks' },
    { href: '/lists', icon: 'rank', label: t('nav.lists'), here: path.startsWith('/lists') },
    { href: '/people', icon: 'people', label: t('nav.people'), here: path === '/people', badge: peopleBadge() },
    { href: '/invite', icon: 'link', label: t('nav.invite'), here: path === '/invite' },
    { href: '/house', icon: 'page', label: t('nav.house'), here: path === '/house' || path.startsWith('/house/'), badge: reportsBadge() },
    { href: '/services', icon: 'plug', label: t('nav.services'), here: path.startsWith('/services') },
    { href: '/log', icon: 'shield', label: t('nav.log'), here: path === '/log' },
    { href: '/settings', icon: 'tune', label: t('nav.settings'), here: path.startsWith('/settings') },
  ];
}

function Rail({ path }: { path: string }) {
  const who = me.value;
  return (
    <header class="rail on-paper">
      <a class="brand" href="/"><HouseMark id={house.value?.id ?? null} /><b>{houseTitle}</b></a>
      <nav aria-label={t('app.main')}>
        {places(path).map((place) => (
          <a class="link" href={place.href} aria-current={place.here ? 'page' : undefined} title={place.label}><Icon name={place.icon} /><span>{place.label}</span>{place.badge ? <><b class="n" aria-hidden="true">{count(place.badge.n)}</b><span class="vh">{place.badge.words}</span></> : null}</a>
        ))}
      </nav>
      {isGuest.value ? null : <button type="button" class="btn fill write" onClick={openWrite} title={t('nav.write')}><Icon name="pen" /><span>{t('nav.write')}</span></button>}
      <div class="accounts"><Switcher /></div>
      {who ? <a class="me" href={`/@${who.handle}`}><Face persona={who.persona} size={36} /><span><b class="t-14 clip1">{who.name}</b><span class="t-13 dim clip1">@{who.handle}</span></span></a> : null}
    </header>
  );
}

function TabBar({ path }: { path: string }) {
  const mine = me.value ? `/@${me.value.handle}` : '/login';
  const tab = (href: string, icon: IconName, label: string, here: boolean, badge?: Badge) =>
    <a href={href} aria-current={here ? 'page' : undefined}><Icon name={icon} />{badge ? <><span class="dot" />{label}<span class="vh">{badge.words}</span></> : label}</a>;
  return (
    <nav class="tabbar" aria-label={t('app.main')}>
      {tab('/', 'home', t('nav.home'), atHome(path))}
      {tab('/people', 'people', t('nav.people'), path === '/people', peopleBadge())}
      {isGuest.value ? null : <button type="button" onClick={openWrite}><Icon name="pen" />{t('nav.write')}</button>}
      {tab('/news', 'bell', t('nav.news'), path === '/news', newsBadge())}
      {tab(mine, 'person', t('nav.you'), path === mine || path === '/log' || path.startsWith('/services') || path.startsWith('/house') || path.startsWith('/settings'))}
    </nav>
  );
}

/** Whose house this is, and the way in, over a page that somebody without a login reads. */
const Visitor = ({ path }: { path: string }) => (
  <header class="visitor">
    <a class="brand" href="/"><HouseMark id={house.value?.id ?? null} /><b class="clip1">{houseTitle}</b></a>
    <a class="btn sm" href={`/login?next=${encodeURIComponent(path)}`}>{t('lost.login')}</a>
  </header>
);

function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

const KeySheet = lazy(() => import('./KeySheet.tsx'));
const WriteDialog = onDemand(() => import('./WriteDialog.tsx').then((found) => found.WriteDialog), () => writing.value !== null, () => { writing.value = null; });
const HistoryDialog = onDemand(() => import('../posts/History.tsx').then((found) => found.HistoryDialog), () => historyOf.value !== null, () => { historyOf.value = null; });
const VotesDialog = onDemand(() => import('../posts/Votes.tsx').then((found) => found.VotesDialog), () => votesOf.value !== null, () => { votesOf.value = null; });
const ReactionsDialog = onDemand(() => import('../posts/Reactions.tsx').then((found) => found.ReactionsDialog), () => reactionsOf.value !== null, () => { reactionsOf.value = null; });
const ReaddressDialog = onDemand(() => import('../posts/Readdress.tsx').then((found) => found.ReaddressDialog), () => audienceOf.value !== null, () => { audienceOf.value = null; });

/** What a member has on every page besides what is seen: keys, and what they open. */
function Members() {
  usePlaceKeys();
  const { query, route } = useLocation();
  const asks = 'write' in query || 'shared' in query;
  useEffect(() => {
    if (!asks || !me.peek()) return;
    const asked = new URLSearchParams(location.search);
    route(location.pathname, true);
    void import('./arrivals.ts').then(({ arrive }) => arrive(me.peek()!.persona, asked)).catch(() => toast(t('page.failed')));
  }, [asks]);
  return <><WriteDialog /><ReaddressDialog /><VotesDialog /><ReactionsDialog /><LateConsent /><LateReport /><LateRingAsk />{sheetOpen.value ? <KeySheet onClose={() => { sheetOpen.value = false; }} /> : null}</>;
}

/** What stays around every page: skip link, rail or tab bar, notices. `bare` leaves only the page; `visitor` puts the house's name over it. */
export function Shell({ bare, visitor, path, children }: { bare: boolean; visitor: boolean; path: string; children: ComponentChildren }) {
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>{t('app.skip')}</a>
      <OfflineBar />
      <div class={bare ? 'app bare' : 'app'}>
        {visitor ? <Visitor path={path} /> : null}
        {bare ? null : <Rail path={path} />}
        {children}
        {bare ? null : <TabBar path={path} />}
      </div>
      {bare ? null : <Members />}
      <HistoryDialog />
      {/* What is said must be in reach: over a page that a dialog covers, it is said in the dialog. */}
      {writing.value ? null : <Toasts />}
    </>
  );
}
