import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Profile } from '@commonhold/sdk';
import './people.css';
import { Button } from '../../components/Button.tsx';
import { Failed } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { t } from '../../i18n/index.ts';
import { directory, loadDirectory } from '../../state/people.ts';
import { followers, loadFollowers, loadRequests, requests } from '../../state/rings.ts';
import { house, me } from '../../state/session.ts';
import { Close, Followers, House, Requests, YouFollow } from './rings.tsx';

const RINGS = ['house', 'requests', 'following', 'followers', 'close'] as const;
type Ring = typeof RINGS[number];

const hrefOf = (ring: Ring): string => ring === 'house' ? '/people' : `/people?ring=${ring}`;

/** Requests stand among the rings where somebody may ask, or has. */
const asksFirst = (): boolean => directory.value?.find((person) => person.persona === me.value?.persona)?.locked === true || (requests.value?.length ?? 0) > 0;

function Tabs({ ring }: { ring: Ring }) {
  const waiting = requests.value?.length ?? 0;
  const tabs = useRef<HTMLElement>(null);
  const shown = RINGS.filter((one) => one !== 'requests' || one === ring || asksFirst());
  useLayoutEffect(() => {
    const centre = () => tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
    centre();
    addEventListener('resize', centre);
    return () => removeEventListener('resize', centre);
  }, [ring, shown.length]);
  return (
    <nav class="tabs" ref={tabs} aria-label={t('people.rings')}>
      {shown.map((one) => (
        <a class="tab" key={one} href={hrefOf(one)} aria-current={one === ring ? 'page' : undefined}>
          {t(`ring.${one}`)}{one === 'requests' && waiting > 0 ? <><b class="count" aria-hidden="true">{waiting}</b><span class="vh">{t('ring.requests.waiting', { n: waiting })}</span></> : null}
        </a>
      ))}
    </nav>
  );
}

const Waiting = () => <div class="card sheet" aria-busy="true"><ul class="list" aria-hidden="true">{[1, 2, 3].map((n) => <li key={n}><span class="av" /><div class="grow stack tight"><span class="skel w-40" /><span class="skel thin w-60" /></div></li>)}</ul></div>;

function Shown({ ring, people }: { ring: Ring; people: readonly Profile[] }) {
  if (ring === 'following') return <YouFollow people={people} />;
  if (ring === 'close') return <Close people={people} />;
  if (ring === 'followers') return followers.value ? <Followers followers={followers.value} people={people} /> : <Waiting />;
  if (ring === 'requests') return requests.value ? <Requests requests={requests.value} people={people} /> : <Waiting />;
  return <House people={people} />;
}

/** The people of the house by rings: what each ring may read, who is in it, and who asks to be. */
export default function People() {
  const { query } = useLocation();
  const ring = RINGS.find((one) => one === query['ring']) ?? 'house';
  const fault = useSignal<unknown>(null);
  const load = () => {
    fault.value = null;
    const ask = [loadDirectory(), loadRequests(), ...(ring === 'followers' ? [loadFollowers()] : [])];
    Promise.all(ask).catch((error: unknown) => { fault.value = error; });
  };
  useEffect(load, [ring]);
  const people = directory.value;
  const names = new Intl.Collator();
  const sorted = people && [...people].sort((a, b) => names.compare(a.name, b.name));
  const missing = !sorted || (ring === 'followers' && !followers.value) || (ring === 'requests' && !requests.value);
  return (
    <Page title={t('people.title')} actions={<Button small icon="plus" href="/invite">{t('people.invite')}</Button>} tabs={<Tabs ring={ring} />}>
      <p class="side-pad dim t-14 ring-text" id="ring" tabIndex={-1}>{t(`ring.${ring}.text`, { n: people?.length ?? house.value?.people ?? 1 })}</p>
      {fault.value && missing ? <div class="card sheet"><Failed title={t('people.failed')} error={fault.value} again={load} /></div>
        : sorted ? <Shown ring={ring} people={sorted} />
        : <Waiting />}
    </Page>
  );
}
