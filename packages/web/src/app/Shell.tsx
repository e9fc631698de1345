import type { ComponentChildren } from 'preact';
import { t } from '../i18n/index.ts';
import { Face } from '../components/face/Face.tsx';
import { HouseMark } from '../components/HouseMark.tsx';
import { Icon, type IconName } from '../components/Icon.tsx';
import { Toasts } from '../components/Toasts.tsx';
import { house, houseTitle, me } from '../state/session.ts';
import { unread } from '../state/news.ts';
import { OfflineBar } from './OfflineBar.tsx';
import { WriteDialog, openWrite } from './WriteDialog.tsx';

interface Place { href: string; icon: IconName; label: string; here: boolean; news?: boolean }

/* The house counts no further. */
const MANY = 100;
const count = (n: number): string => n >= MANY ? `${MANY - 1}+` : String(n);
/* What the badge or the dot says, in words. */
const Unread = () => <span class="vh">{t('nav.news.unread', { n: count(unread.value) })}</span>;

function places(path: string): Place[] {
  return [
    { href: '/', icon: 'home', label: t('nav.home'), here: path === '/' || path === '/feed/following' },
    { href: '/news', icon: 'bell', label: t('nav.news'), here: path === '/news', news: true },
    { href: '/people', icon: 'people', label: t('nav.people'), here: path === '/people' },
    { href: '/invite', icon: 'link', label: t('nav.invite'), here: path === '/invite' },
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
          <a class="link" href={place.href} aria-current={place.here ? 'page' : undefined} title={place.label}><Icon name={place.icon} /><span>{place.label}</span>{place.news && unread.value > 0 ? <><b class="n" aria-hidden="true">{count(unread.value)}</b><Unread /></> : null}</a>
        ))}
      </nav>
      <button type="button" class="btn fill write" onClick={openWrite} title={t('nav.write')}><Icon name="pen" /><span>{t('nav.write')}</span></button>
      {who ? <a class="me" href={`/@${who.handle}`}><Face persona={who.persona} size={36} /><span><b class="t-14 clip1">{who.name}</b><span class="t-13 dim clip1">@{who.handle}</span></span></a> : null}
    </header>
  );
}

function TabBar({ path }: { path: string }) {
  const mine = me.value ? `/@${me.value.handle}` : '/login';
  const tab = (href: string, icon: IconName, label: string, here: boolean, news?: boolean) =>
    <a href={href} aria-current={here ? 'page' : undefined}><Icon name={icon} />{news && unread.value > 0 ? <><span class="dot" />{label}<Unread /></> : label}</a>;
  return (
    <nav class="tabbar" aria-label={t('app.main')}>
      {tab('/', 'home', t('nav.home'), path === '/' || path === '/feed/following')}
      {tab('/people', 'people', t('nav.people'), path === '/people')}
      <button type="button" onClick={openWrite}><Icon name="pen" />{t('nav.write')}</button>
      {tab('/news', 'bell', t('nav.news'), path === '/news', true)}
      {tab(mine, 'person', t('nav.you'), path === mine || path.startsWith('/settings'))}
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
      {bare ? null : <WriteDialog />}
      <Toasts />
    </>
  );
}
