import { effect, signal } from '@preact/signals';
import type { LiveEvents, PostItem, Ref } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { callThem } from './called.ts';
import { client } from './client.ts';
import { houseAnswers } from './connection.ts';
import { changeInFeeds, homeFeed, houseFeed, openFeed, openPersonFeeds } from './feed.ts';
import { gone } from './gone.ts';
import { hearJob } from './jobs.ts';
import { hearLikes } from './likes.ts';
import { idOf } from './merge.ts';
import { hearLog } from './accessLog.ts';
import { openListFeeds } from './lists.ts';
import { hearMarks } from './marks.ts';
import { countNews, hearNews } from './news.ts';
import { hearNotice, markHidden } from './notices.ts';
import { follows, meet, meetAll } from './people.ts';
import { hearRings } from './rings.ts';
import { forgetPost } from '../offline/posts.ts';
import { forgetMe, house, me, myPersona } from './session.ts';
import { hearScheduled } from './scheduled.ts';
import { toast } from './toast.ts';

type Listener = (item: PostItem) => void;
type LinkListener = (event: LiveEvents['link']) => void;
const links = new Set<LinkListener>();
const listeners = new Set<Listener>();
const again = new Set<() => void>();

/** Calls `onPost` for every post that arrives, and `onOpen` whenever the stream has opened: what came before was told to nobody. Answers how to stop. */
export function listen(onPost: Listener, onOpen: () => void): () => void {
  listeners.add(onPost);
  again.add(onOpen);
  return () => { listeners.delete(onPost); again.delete(onOpen); };
}

/** Hears what becomes of codes by which a device is added; answers how to stop. */
export function listenLinks(hear: LinkListener): () => void {
  links.add(hear);
  return () => { links.delete(hear); };
}

/* A reply that somebody keeps belongs to its conversation, and to no list; other words for an old post, or votes, are no new post. */
const isNew = ({ keptBy, body }: PostItem): boolean => keptBy === undefined && body.editedAt === undefined && !body.poll?.voters;

function offer(item: PostItem): void {
  houseFeed().offer([item]);
  const followed = item.persona === myPersona.peek() || follows(item.persona);
  if (followed) homeFeed().offer([item]);
  // Whom the reader follows is not known yet: the house decides.
  else if (followed === undefined) void homeFeed().catchUp();
  for (const open of [...openPersonFeeds(item.persona), ...openListFeeds(item)]) open.offer([item]);
}

function took(item: PostItem): void {
  // Its words or its audience changed: what went with the old record is here again.
  if (gone.peek().has(idOf(item))) gone.value = new Set([...gone.peek()].filter((id) => id !== idOf(item)));
  changeInFeeds(item);
  for (const listener of listeners) listener(item);
  if (isNew(item)) offer(item);
}

/* What came before the stream was open was told to nobody: the lists and conversations that are open ask for it. */
function opened(): void {
  for (const open of [openFeed('home'), openFeed('house'), ...openListFeeds()]) void open?.catchUp();
  void countNews();
  void hearRings();
  for (const listener of again) listener();
}

/* A browser gives up on a stream after some answers (a proxy's 502, say): then it is opened anew, ever more slowly. */
const patience = signal(0);
const LONGEST_WAIT_MS = 30_000;

function open(): () => void {
  const stream = new EventSource(client.liveUrl);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const on = <Name extends keyof LiveEvents>(name: Name, act: (data: LiveEvents[Name]) => void) =>
    stream.addEventListener(name, (event) => act(callThem(JSON.parse((event as MessageEvent<string>).data) as LiveEvents[Name])));
  stream.onopen = () => {
    houseAnswers.value = true;
    opened();
  };
  stream.onerror = () => {
    houseAnswers.value = false;
    if (stream.readyState === EventSource.CLOSED) timer = setTimeout(() => { patience.value++; }, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** patience.peek()));
  };
  on('post', ({ item, people }) => { meetAll({ items: [item], people }); took(item); });
  // What its list of Following shows already stays where it is.
  on('boost', ({ item, people }) => { meet(people); openFeed('home')?.offer([item]); });
  on('remove', (ref: Ref) => {
    gone.value = new Set(gone.peek()).add(idOf(ref));
    if (myPersona.peek()) void forgetPost(myPersona.peek()!, ref).catch(() => undefined);
  });
  on('news', hearNews);
  on('likes', hearLikes);
  on('log', hearLog);
  on('marks', hearMarks);
  on('scheduled', hearScheduled);
  on('job', hearJob);
  on('people', () => void hearRings());
  on('house', ({ people, title, postLimit }) => {
    if (house.peek()) house.value = { ...house.peek()!, people, title };
    if (me.peek() && me.peek()!.postLimit !== postLimit) me.value = { ...me.peek()!, postLimit };
  });
  on('notice', hearNotice);
  on('hidden', ({ hidden, ...ref }) => markHidden(ref, hidden));
  on('link', (event) => { for (const hear of links) hear(event); });
  on('session-ended', () => { stream.close(); forgetMe(); toast(t('session.ended')); });
  return () => { clearTimeout(timer); stream.close(); };
}

/** Opens the stream while somebody is signed in. Call once. */
export function startLive(): void {
  effect(() => {
    void patience.value;
    if (myPersona.value) return open();
    return undefined;
  });
}
