import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { LocationProvider, Router, Route, useLocation } from 'preact-iso';
import { bootFault, house, me } from '../state/session.ts';
import { Failed } from '../components/Empty.tsx';
import { t } from '../i18n/index.ts';
import { arrive, settle } from './history.ts';
import { late } from './late.tsx';
import { Lost } from './Lost.tsx';
import { Shell } from './Shell.tsx';

/** Each screen is a chunk of its own: `screens/<name>/index.tsx`, default export. */
const screens = import.meta.glob<{ default: ComponentType }>('../screens/*/index.tsx');
const screen = (name: string): ComponentType => {
  const load = screens[`../screens/${name}/index.tsx`];
  return load ? late(load) : Lost;
};
/** The screen that most people open first. */
export const Home = late(() => import('../screens/home/index.tsx'));
const Search = screen('search');
const Tag = screen('tag');
const Bookmarks = screen('bookmarks');
const Lists = screen('lists');
const CatchUp = screen('catch-up');
const Drafts = screen('drafts');
const News = screen('news');
const People = screen('people');
const Profile = screen('profile');
const Thread = screen('thread');
const Quotes = screen('quotes');
const Found = screen('found');
const Join = screen('join');
const Along = screen('along');
const Moving = screen('moving');
const Moved = screen('moved');
const HandOver = screen('handover');
const Login = screen('login');
const Recover = screen('recover');
const Way = screen('way');
const Link = screen('link');
const Invite = screen('invite');
const Log = screen('log');
const House = screen('house');
const Services = screen('services');
const Authorize = screen('authorize');
const Repair = screen('repair');
const Settings = screen('settings');

const BARE = /^\/(?:found|join|link|login|moved)(?:\/|$)/;
const FOR_MEMBERS = /^\/(?:$|feed\/|(?:people|drafts|news|search|tag|bookmarks|lists|catch-up|invite|moving|house|log|repair|services|authorize|settings)(?:\/|$))/;

/** Where this address must not be shown yet: an unfounded house is founded first, members' pages ask for a login. */
function detour(path: string, url: string): string | null {
  const nobody = me.value === null;
  if (house.value && !house.value.founded && !BARE.test(path)) return '/found';
  if (nobody && FOR_MEMBERS.test(path)) return path === '/' ? '/login' : `/login?next=${encodeURIComponent(url)}`;
  return null;
}

/* Not called for the first page: that one belongs to the browser and to where the reader's focus is already. */
const arrived = (): void => settle(arrive());

function Screens() {
  const { path, url, route } = useLocation();
  const to = detour(path, url);
  const before = useRef(path);
  // The router tells of new paths only; a tab that lives in the query is a place in history too.
  useLayoutEffect(() => { if (before.current === path) arrive(); before.current = path; }, [url]);
  useEffect(() => { if (to) route(to, true); }, [to]);
  if (bootFault.value) return <main class="main" id="main"><Failed title={t('broken.house')} error={bootFault.value} again={() => location.reload()} /></main>;
  if (!house.value || me.value === undefined || to) return <main class="main" id="main" aria-busy="true" />;
  return (
    <Router onRouteChange={arrived}>
      <Route path="/" component={Home} />
      <Route path="/feed/following" component={Home} />
      <Route path="/feed/list/:key" component={Home} />
      <Route path="/search" component={Search} />
      <Route path="/tag/:tag" component={Tag} />
      <Route path="/bookmarks" component={Bookmarks} />
      <Route path="/lists/:key?" component={Lists} />
      <Route path="/catch-up" component={CatchUp} />
      <Route path="/drafts" component={Drafts} />
      <Route path="/news" component={News} />
      <Route path="/people" component={People} />
      <Route path="/found" component={Found} />
      <Route path="/join/:invite" component={Join} />
      <Route path="/join/:invite/along" component={Along} />
      <Route path="/moving" component={Moving} />
      <Route path="/moved" component={Moved} />
      <Route path="/moved/name" component={HandOver} />
      <Route path="/login" component={Login} />
      <Route path="/login/words" component={Recover} />
      <Route path="/login/way" component={Way} />
      <Route path="/link/:link" component={Link} />
      <Route path="/invite" component={Invite} />
      <Route path="/log" component={Log} />
      <Route path="/house/:part?" component={House} />
      <Route path="/services/:persona?/:service?" component={Services} />
      <Route path="/authorize" component={Authorize} />
      <Route path="/repair" component={Repair} />
      <Route path="/settings/:section?" component={Settings} />
      <Route path="/:at" component={Profile} />
      <Route path="/:at/:key" component={Thread} />
      <Route path="/:at/:key/quotes" component={Quotes} />
      <Route default component={Lost} />
    </Router>
  );
}

function Framed() {
  const { path } = useLocation();
  const door = BARE.test(path);
  return <Shell bare={door || !me.value} visitor={!door && me.value === null && house.value?.founded === true} path={path}><Screens /></Shell>;
}

/** The whole app. */
export function App() {
  return <LocationProvider><Framed /></LocationProvider>;
}
