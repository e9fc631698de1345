import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import './catch-up.css';
import '../parts/parts.css';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Page } from '../../components/Page.tsx';
import { FeedTabs } from '../../posts/FeedTabs.tsx';
import { groupsOf, KINDS, type Group, type Kind } from '../../posts/groups.ts';
import { FaceLink, homeOf, nameOf } from '../../posts/parts.tsx';
import { PostCard } from '../../posts/PostCard.tsx';
import { Skeleton } from '../../posts/Skeleton.tsx';
import { useListKeys } from '../../posts/useListKeys.ts';
import { filteredBy, InList } from '../../posts/Where.tsx';
import { collect, collected, type Collected } from '../../state/catchUp.ts';
import { isHushed } from '../../state/distance.ts';
import { isGone } from '../../state/gone.ts';
import { idOf } from '../../state/merge.ts';
import { isOpen, setOpen } from '../../state/opened.ts';
import { myPersona } from '../../state/session.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

/* Stays as it was chosen: going back finds the same posts in the same order. */
const shown = signal<{ kind: Kind; quiet: boolean }>({ kind: 'all', quiet: true });

const SPANS = [1, 4, 8, 24, 48, 72] as const;
const spanWords = (hours: number): string => hours < 24 ? t('hours', { n: hours }) : t('days', { n: hours / 24 });
const HERE = { list: 'home' } as const;
/* So many of one person stand there at once. */
const FIRST = 3;

const chip = (words: string, on: boolean, pick: () => void) => <button type="button" class="chip" aria-pressed={on ? 'true' : 'false'} onClick={pick}>{words}</button>;

function Choose({ hours }: { hours: number | null }) {
  const { route } = useLocation();
  return (
    <section class="card sheet pad stack" aria-labelledby="span">
      <h2 class="t-20" id="span">{t('ask')}</h2>
      <p class="dim">{t('text')}</p>
      <div class="spans" role="group" aria-labelledby="span">{SPANS.map((span) => chip(spanWords(span), span === hours, () => { collected.value = null; route(`/catch-up?hours=${span}`, hours !== null); }))}</div>
    </section>
  );
}

/** What one person wrote or passed on: the newest of it, and the others when they are asked for. */
function Person({ group: { persona, items } }: { group: Group }) {
  const name = `catch-up:${persona}`;
  const first = isOpen(name) ? items : items.slice(0, FIRST);
  return (
    <section class="card sheet" aria-label={nameOf(persona)}>
      <h3 class="group-head"><FaceLink persona={persona} size={36} /><a class="quiet-link b grow clip1" href={homeOf(persona)} dir="auto">{nameOf(persona)}</a><span class="t-14 dim">{t('n', { n: items.length })}</span></h3>
      <ol class="feed">{first.map((item) => <li key={idOf(item)}><PostCard item={item} cutAt={400} /></li>)}</ol>
      {first.length < items.length ? <button type="button" class="tap group-more" onClick={() => setOpen(name, true)}><Icon name="plus" size="s" />{t('more', { n: items.length - first.length, name: nameOf(persona) })}</button> : null}
    </section>
  );
}

const End = ({ all: { items, more } }: { all: Collected }) => (
  <div class="caught"><b>{t('end')}</b><span>{t(more ? 'end.more' : 'end.text', { n: items.length })}</span><Button kind="plain" href="/">{t('end.home')}</Button></div>
);

function Groups({ all }: { all: Collected }) {
  const { kind, quiet } = shown.value;
  useListKeys(all.items);
  const here = all.items.filter((item) => !isGone(item) && (item.boost?.by ?? item.persona) !== myPersona.value && !isHushed(item.persona) && filteredBy(item, HERE)?.how !== 'hide');
  if (here.length === 0) return <div class="card sheet"><Empty title={t('none', { span: spanWords(all.hours) })} action={<Button href="/">{t('end.home')}</Button>}><p>{t('none.text')}</p></Empty></div>;
  const groups = groupsOf(here, kind, quiet);
  return (
    <InList.Provider value={HERE}>
      <div class="kinds" role="group" aria-label={t('show')}>{KINDS.map((one) => chip(t(one), one === kind, () => { shown.value = { kind: one, quiet }; }))}</div>
      <div class="kinds" role="group" aria-label={t('order')}>{chip(t('order.quiet'), quiet, () => { shown.value = { kind, quiet: true }; })}{chip(t('order.new'), !quiet, () => { shown.value = { kind, quiet: false }; })}</div>
      {groups.length === 0 ? <p class="pad center dim">{t('none.kind')}</p> : groups.map((group) => <Person key={group.persona} group={group} />)}
      <End all={all} />
    </InList.Provider>
  );
}

/** What was collected for so many hours, or how the collecting stands. */
function Result({ hours }: { hours: number }) {
  const act = useAct();
  const all = collected.value?.hours === hours ? collected.value : null;
  const go = () => act.run(() => collect(hours));
  useEffect(() => { if (!all) go(); }, []);
  if (all) return <Groups key={all.at} all={all} />;
  return <div class="card sheet">{act.error ? <Failed title={t('failed')} error={act.error} again={go} /> : <Skeleton posts={2} />}</div>;
}

/** What one missed: some hours of Home, person by person, with an end. */
export default function CatchUp() {
  const { query } = useLocation();
  const asked = Number(query['hours']);
  const hours = SPANS.find((span) => span === asked) ?? null;
  return (
    <Page title={t('title')} back="/" tabs={<FeedTabs here="catch-up" />}>
      <Choose hours={hours} />
      {hours === null ? null : <Result key={hours} hours={hours} />}
    </Page>
  );
}
