import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PostItem } from '@commonhold/sdk';
import { Failed } from '../components/Empty.tsx';
import { Face } from '../components/face/Face.tsx';
import { Icon } from '../components/Icon.tsx';
import { t } from '../i18n/index.ts';
import { stillness } from '../state/look.ts';
import type { Feed } from '../state/feed.ts';
import { isHushed } from '../state/distance.ts';
import { isGone } from '../state/gone.ts';
import { cutAt } from '../state/marks.ts';
import { idOf } from '../state/merge.ts';
import { stands } from '../state/stands.ts';
import { Carousel } from './Carousel.tsx';
import { rowsOfFeed, type FeedRow } from './feedRows.ts';
import { More } from './More.tsx';
import { PostCard } from './PostCard.tsx';
import { Skeleton } from './Skeleton.tsx';
import { useListKeys } from './useListKeys.ts';
import { filteredBy, InList } from './Where.tsx';
import type { Where } from './reason.ts';

/** New posts wait behind this; it lies on the seam and moves nothing. */
function Pill({ posts, onShow }: { posts: readonly PostItem[]; onShow: () => void }) {
  const faces = [...new Set(posts.map((post) => post.persona))].slice(0, 3);
  return (
    <div class="pill" role="status">
      {posts.length === 0 ? null : (
        <button type="button" onClick={onShow}>
          <span class="faces">{faces.map((persona) => <Face persona={persona} size={24} />)}</span>{t('home.new', { n: posts.length })}<Icon name="up" size="s" />
        </button>
      )}
    </div>
  );
}

/** Between what is new since the last visit and what was seen. */
function Caught() {
  return (
    <div class="caught">
      <svg viewBox="0 0 120 40" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
        <path d="M2 36h116M10 36V24l11-9 11 9v12M34 36V18L48 7l14 11v18M62 36V26l10-8 10 8v10M84 36V24l11-9 11 9v12M19 27h4M93 27h4M44 24h8v6h-8zM70 28h4" />
      </svg>
      <b>{t('home.caught')}</b><span>{t('home.caught.text')}</span>
    </div>
  );
}

const rowOf = (row: FeedRow) => 'item' in row
  ? <li key={idOf(row.item)}><PostCard item={row.item} /></li>
  : <li key={`boosts:${idOf(row.boosts[0]!)}`}><Carousel items={row.boosts} /></li>;

const Cards = ({ posts, feed }: { posts: readonly PostItem[]; feed: Feed }) => <ol class="feed">{rowsOfFeed(posts, feed.pageOf).map(rowOf)}</ol>;

function Foot({ feed }: { feed: Feed }) {
  if (feed.atEnd.value) return <p class="center dim t-14 pad">{t('home.end')}</p>;
  return <More label={t('home.older')} busy={feed.loadingOlder.value} fault={feed.olderFault.value} onMore={() => void feed.older()} at={feed.items.value?.length} />;
}

/** What is new since the last visit stands over the line, what was seen under it. */
function Seen({ items, feed, mark }: { items: readonly PostItem[]; feed: Feed; mark: string | undefined }) {
  const at = cutAt(items, mark);
  if (at === -1) return <div class="card sheet"><Cards posts={items} feed={feed} /></div>;
  return <><div class="card sheet"><Cards posts={items.slice(0, at)} feed={feed} /></div><Caught /><div class="card sheet"><Cards posts={items.slice(at)} feed={feed} /></div></>;
}

interface ListProps { feed: Feed; where: Where; empty: ComponentChildren; mark?: string | undefined }

/* Few posts are less high. */
const SHORT_PX = 160;
const inSight = (): number => Math.ceil(screen.height / SHORT_PX);

const TIMELINES: ReadonlySet<Where['list']> = new Set(['home', 'house', 'list', 'tag', 'search']);

/** A list of posts in all its states: on its way, failed, empty, there. `mark` is where the reader had stopped; timelines leave out whom the reader has muted. */
export function FeedList({ feed, where, empty, mark }: ListProps) {
  useEffect(() => { if (feed.items.peek() === null) void feed.load(); }, [feed]);
  const items = feed.items.value;
  useListKeys(items ?? []);
  const fault = feed.fault.value;
  if (items === null) return <div key="waiting" class="card sheet">{fault ? <Failed title={t('posts.failed')} error={fault} again={() => void feed.load()} /> : <Skeleton />}</div>;
  const hushed = (item: PostItem) => TIMELINES.has(where.list) && (isHushed(item.persona) || (item.boost !== undefined && isHushed(item.boost.by)));
  const here = (item: PostItem) => !isGone(item) && !hushed(item) && filteredBy(item, where)?.how !== 'hide';
  const all = items.filter(here);
  // First what is in sight, then the rest of the page: on a slow phone it takes as long as all that came before.
  const shown = stands.value ? all : all.slice(0, inSight());
  const waiting = feed.pending.value.filter(here);
  const show = () => {
    feed.showPending();
    scrollTo({ top: 0, behavior: stillness() ? 'auto' : 'smooth' });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.feed .when')?.focus({ preventScroll: true }));
  };
  return (
    <InList.Provider value={where}>
      <div key="list">
        <Pill posts={waiting} onShow={show} />
        <div class="stack">
          {shown.length ? <Seen items={shown} feed={feed} mark={mark} /> : empty && feed.atEnd.value ? <div class="card sheet">{empty}</div> : null}
          {stands.value && (shown.length || !feed.atEnd.value) ? <Foot feed={feed} /> : null}
        </div>
      </div>
    </InList.Provider>
  );
}
