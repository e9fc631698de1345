import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { NewsItem } from '@commonhold/sdk';
import './news.css';
import '../parts/parts.css';
import { openWrite } from '../../state/writing.ts';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed, faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { now } from '../../state/clock.ts';
import { filteredIn } from '../../state/filters.ts';
import { isHushed } from '../../state/distance.ts';
import { NEWS_ABOUT, newsOf, onNews, readAll, unread, type NewsAbout, type NewsList } from '../../state/news.ts';
import { rowsOf, type NewsRow } from '../../state/newsMerge.ts';
import { wanted } from '../../state/newsSettings.ts';
import { directory, loadDirectory } from '../../state/people.ts';
import { WaitingNote } from '../parts/WaitingNote.tsx';
import { About } from './About.tsx';
import { Row } from './Row.tsx';
import { t } from './words.ts';

const PARTS = Object.keys(NEWS_ABOUT) as NewsAbout[];

/** Keeps the list up while it is open; the whole of the news counts as read once it was on the screen. `fresh` learns which pieces were new. */
function useList(list: NewsList, all: boolean, fresh: Set<string>): void {
  useEffect(() => {
    const look = async () => {
      await list.load();
      if (all && !document.hidden) await list.seen();
    };
    const again = () => void look();
    again();
    document.addEventListener('visibilitychange', again);
    const stop = onNews(again);
    return () => { stop(); document.removeEventListener('visibilitychange', again); };
  }, [list]);
  for (const item of list.items.value ?? []) if (item.unread) fresh.add(item.id);
}

const rows = (list: readonly NewsRow[]) => <ul class="rows">{list.map((row, i) => <Row key={row.ids.at(-1)} row={row} brief={list[i - 1]?.item.kind === row.item.kind} />)}</ul>;

function Nothing({ kind, onAll }: { kind: NewsAbout | null; onAll: () => void }) {
  if (!kind) return <Empty title={t('empty')} action={<Button kind="fill" onClick={openWrite}>{t('empty.act')}</Button>}><p>{t('empty.text')}</p></Empty>;
  if (NEWS_ABOUT[kind].every((one) => !(wanted.value?.[one] ?? true))) return <Empty title={t(`off.${kind}`)} action={<Button href="/settings/news">{t('off.act')}</Button>} />;
  return <Empty title={t(`empty.${kind}`)} action={<Button onClick={onAll}>{t('empty.all')}</Button>} />;
}

function Waiting() {
  return (
    <div class="card sheet" aria-busy="true">
      <span class="vh" role="status">{t('loading')}</span>
      <ul class="rows" aria-hidden="true">{[1, 2, 3].map((n) => <li key={n} class="news-row"><span class="kind" /><div class="what"><span class="skel w-40" /><span class="skel thin w-80" /></div></li>)}</ul>
    </div>
  );
}

function Foot({ list }: { list: NewsList }) {
  if (list.atEnd.value) return <p class="center dim t-14 pad">{t('end')}</p>;
  const fault = list.olderFault.value;
  return (
    <div class="pad center stack tight">
      {fault ? <Note kind="bad" icon="away">{faultText(fault)}</Note> : null}
      <Button kind="plain" busy={list.loadingOlder.value} onClick={() => void list.older()}>{t('older')}</Button>
    </div>
  );
}

function List({ kind, fresh, onAll }: { kind: NewsAbout | null; fresh: Set<string>; onAll: () => void }) {
  const list = newsOf(kind);
  useList(list, kind === null, fresh);
  const hidden = (item: NewsItem) => (item.who.length > 0 && item.who.every(isHushed)) || (item.post !== undefined && filteredIn(item.post, 'news', now.value)?.how === 'hide');
  const items = list.items.value?.filter((item) => !hidden(item));
  const fault = list.fault.value;
  if (!items) return fault ? <div class="card sheet"><Failed title={t('failed')} error={fault} again={() => void list.load()} /></div> : <Waiting />;
  if (items.length === 0) return <div class="card sheet"><Nothing kind={kind} onAll={onAll} /></div>;
  const [recent, earlier] = [rowsOf(items.filter((item) => fresh.has(item.id))), rowsOf(items.filter((item) => !fresh.has(item.id)))];
  return (
    <>
      {recent.length ? <section class="card sheet" aria-labelledby="news-new"><div class="head"><h2 class="t-16" id="news-new">{t('new')}</h2></div>{rows(recent)}</section> : null}
      {earlier.length ? <section class="card sheet" aria-labelledby="news-earlier"><div class={recent.length ? 'head' : 'vh'}><h2 class="t-16" id="news-earlier">{t('earlier')}</h2></div>{rows(earlier)}</section> : null}
      <Foot list={list} />
    </>
  );
}

/** What happened to one's posts, and who follows one: grouped, by kind, read once it was seen. */
export default function News() {
  const { query, route } = useLocation();
  const kind = PARTS.find((one) => one === query['kind']) ?? null;
  // What was new stays under "New" as long as the screen is open, though it is read by now.
  const [fresh] = useState(() => new Set<string>());
  const chips = useRef<HTMLDivElement>(null);
  const show = (to: NewsAbout | null) => route(to ? `/news?kind=${to}` : '/news', true);
  const all = () => { show(null); chips.current?.querySelector('button')?.focus(); };
  useEffect(() => { if (!directory.peek()) void loadDirectory().catch(() => undefined); }, []);
  return (
    <Page title={t('title')} aside={<About />} actions={<>{unread.value > 0 ? <Button kind="plain" small onClick={() => void readAll()}>{t('read')}</Button> : null}<span class="not-aside"><a class="icon-btn" href="/settings/news" aria-label={t('settings')} title={t('settings')}><Icon name="tune" /></a></span></>}>
      <div class="kinds" role="group" aria-label={t('show')} ref={chips}>
        {[null, ...PARTS].map((one) => (
          <button type="button" class="chip" key={one ?? 'all'} aria-pressed={one === kind ? 'true' : 'false'} onClick={() => show(one)}>{t(one ?? 'all')}</button>
        ))}
      </div>
      <WaitingNote pad />
      <List key={kind ?? 'all'} kind={kind} fresh={fresh} onAll={all} />
    </Page>
  );
}
