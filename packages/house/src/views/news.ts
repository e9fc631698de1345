import { clockMs } from '@commonhold/core';
import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';
import { makeLately } from './lately.ts';
import type { ReaderPort, Readers } from './readers.ts';

/** What news is about: an answer, likes of one post, a new follower, somebody who asks to follow, and who accepted that. */
export type NewsKind = 'reply' | 'like' | 'follow' | 'request' | 'accepted';

/** One piece of news by names and place: who (newest first, at most three, and how many more), and the post it speaks of (`persona/key`). */
export interface NewsRef { kind: NewsKind; place: string; who: string[]; more: number; post: string | null }

/** Which news: those before a place, of some kinds. */
export interface NewsQuery { before: string | null; kinds: ReadonlySet<string>; first: number }

/** Some people, the newest first, at most three, and how many more. */
export interface Likers { who: string[]; more: number }
/** Who has liked and who has boosted a post of one's own. */
export interface Reactors { likes: Likers; boosts: Likers }

/** What there is to tell each person, newest first; nothing of whom they have muted, or who is apart from them by a block. */
export interface NewsView {
  applyPost(change: Change): void;
  applyReply(change: Change): void;
  applyReaction(change: Change): void;
  applyFollower(change: Change): void;
  applyRequest(change: Change): void;
  applyAcceptance(change: Change): void;
  page(owner: string, query: NewsQuery): NewsRef[];
  /** How many pieces lie after a place, at most 100. */
  unread(owner: string, after: string, kinds: ReadonlySet<string>): number;
  /** The place of the newest that is for the owner to see; '' when there is none. What is not for them says nothing, not even when. */
  newest(owner: string): string;
  /** The place after all that there is now, shown or not: what is hidden is read with the others. */
  now(owner: string): string;
  /** Who likes and who boosts some of the owner's posts (`owner/key`), the muted among them; nobody apart from the owner. Found in one question. */
  reactors(owner: string, posts: readonly string[]): ReadonlyMap<string, Reactors>;
  /** Which of the owner's posts (`owner/key`) a like is of, by its record; of one that is gone, if that is not long ago. */
  liked(owner: string, key: string): string | null;
  /** Tells whose news changed, as it changes. */
  listen(listener: (owner: string) => void): void;
  /** Keys of the records that say who likes the owner's post. */
  reactions(owner: string, post: string): string[];
}

/** After every place: places begin with hexadecimal digits. */
const LAST = 'z';
const CHUNK = 100;
const MOST_UNREAD = 100;
const NAMED = 3;

interface Row { place: string; kind: NewsKind; actor: string; post: string | null; lane: number | null }
interface Deps { lanes: LaneTable; readers: Readers; port: ReaderPort }

/** A place sorts by the clock of the record, then by its key. */
const placeOf = ({ at, key }: Change): string => `${at}.${key.slice(key.indexOf('/') + 1)}`;

/** Words keep their place when they are edited or kept elsewhere; nobody gets ahead by a date of their own. */
const placeOfWords = (change: Change, { createdAt }: { createdAt: number }): string =>
  placeOf(createdAt >= clockMs(change.at) ? change : { ...change, at: createdAt.toString(16).padStart(12, '0') + '0000' });

/** The view of answers, likes and followers over `views.db`. */
export function makeNewsView(db: Sqlite, deps: Deps): NewsView {
  const put = db.prepare('INSERT OR REPLACE INTO news (record, owner, place, kind, actor, post, lane) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const drop = db.prepare<Row & { owner: string }>('DELETE FROM news WHERE record = ? RETURNING owner, place, kind, actor, post, lane');
  const lately = makeLately<string>();
  const listeners: ((owner: string) => void)[] = [];
  const ask = queries(db);
  const visible = filter(deps, (post) => ask.there.get(...named(post)) !== undefined);
  // Nobody hears that something happened which is not for them.
  const tell = (row: Row & { owner: string }) => { if (visible(row.owner, row)) for (const listener of listeners) listener(row.owner); };
  const { walk, newest } = walker(ask, visible);
  const nameOf = ({ persona, service, collection, key }: Change) => `${service}/${collection}/${persona}/${key}`;
  return {
    ...intake(deps, (change, row) => {
      put.run(nameOf(change), row.owner, row.place, row.kind, row.actor, row.post, row.lane);
      tell(row);
    }, (change) => {
      const gone = drop.get(nameOf(change));
      if (!gone) return;
      if (gone.kind === 'like') lately.keep(nameOf(change), gone.post!);
      tell(gone);
    }),
    liked: (owner, key) => ask.post.get(`microblog/reactions/${owner}/${key}`)?.post ?? lately.get(`microblog/reactions/${owner}/${key}`) ?? null,
    listen: (listener) => { listeners.push(listener); },
    page: (owner, { before, kinds, first }) => {
      const found: NewsRef[] = [];
      for (const ref of walk(owner, before, kinds)) if (found.push(ref) === first) break;
      return found;
    },
    unread: (owner, after, kinds) => {
      let count = 0;
      for (const { place } of walk(owner, null, kinds)) if (place <= after || ++count === MOST_UNREAD) break;
      return count;
    },
    newest,
    now: (owner) => {
      const [shown, now] = [newest(owner), `${deps.port.now().toString(16).padStart(12, '0')}ffff.${LAST}`];
      return shown > now ? shown : now;
    },
    reactors: (owner, posts) => {
      const rows = Map.groupBy(ask.reactions.all(JSON.stringify(posts)).filter(({ actor }) => !deps.port.apart(owner, actor)), ({ post }) => post);
      const of = (post: string, kind: string) => distinct((rows.get(post) ?? []).filter((row) => row.kind === kind));
      return new Map(posts.map((post) => [post, { likes: of(post, 'like'), boosts: of(post, 'boost') }]));
    },
    reactions: (owner, post) => ask.records.all(post).map(({ record }) => record.slice(`microblog/reactions/${owner}/`.length)),
  };
}

function distinct(rows: readonly Pick<Row, 'actor'>[]): Likers {
  const who = [...new Set(rows.map(({ actor }) => actor))];
  return { who: who.slice(0, NAMED), more: Math.max(0, who.length - NAMED) };
}

/** Goes through what is for somebody to see, newest first; the likes of a post are one. */
function walker(ask: ReturnType<typeof queries>, visible: (owner: string, row: Row) => boolean) {
  const rowsOf = function* (owner: string, before: string | null): Generator<Row> {
    for (let from = before ?? LAST; ;) {
      const rows = ask.before.all(owner, from, CHUNK);
      yield* rows.filter((row) => visible(owner, row));
      if (rows.length < CHUNK) return;
      from = rows.at(-1)!.place;
    }
  };
  const group = (owner: string, row: Row): NewsRef | null => {
    const { kind, place, actor, post } = row;
    if (kind !== 'like') return { kind, place, who: [actor], more: 0, post };
    const likes = ask.likes.all(post ?? '').filter((like) => visible(owner, like));
    // A post whose newest like is newer than this one has been told of there.
    return likes[0]?.place === place ? { kind, place, ...distinct(likes), post } : null;
  };
  const walk = function* (owner: string, before: string | null, kinds: ReadonlySet<string>): Generator<NewsRef> {
    const grouped = new Set<string | null>();
    for (const row of rowsOf(owner, before)) {
      if (!kinds.has(row.kind) || (row.kind === 'like' && grouped.has(row.post))) continue;
      if (row.kind === 'like') grouped.add(row.post);
      const found = group(owner, row);
      if (found) yield found;
    }
  };
  const newest = (owner: string): string => (rowsOf(owner, null).next() as IteratorResult<Row, undefined>).value?.place ?? '';
  return { walk, newest };
}

const named = (post: string | null): [string, string] => [post?.slice(0, post.indexOf('/')) ?? '', post?.slice(post.indexOf('/') + 1) ?? ''];

function filter({ lanes, readers, port }: Deps, there: (post: string | null) => boolean): (owner: string, row: Row) => boolean {
  return (owner, { kind, actor, lane, post }) => !port.apart(owner, actor) && port.mutedUntil(owner, actor) <= port.now()
    && (lane === null || readers.mayRead(owner, lanes.of(lane))) && (kind !== 'like' || there(post));
}

interface Told extends Row { owner: string }

function intake({ lanes }: Deps, put: (change: Change, told: Told) => void, drop: (change: Change) => void): Pick<NewsView, 'applyPost' | 'applyReply' | 'applyReaction' | 'applyFollower' | 'applyRequest' | 'applyAcceptance'> {
  const taker = (tell: (change: Change, body: Record<string, unknown>) => Told | null) => (change: Change): void => {
    const told = change.op === 'put' && change.body !== null ? tell(change, JSON.parse(change.body) as Record<string, unknown>) : null;
    if (told && told.owner !== told.actor) put(change, told); else drop(change);
  };
  const about = (kind: NewsKind) => (change: Change): Told =>
    ({ owner: change.persona, place: placeOf(change), kind, actor: change.author ?? change.persona, post: null, lane: null });
  const answer = (change: Change, actor: string, key: string, body: Words): Told =>
    ({ owner: body.replyTo!.persona, place: placeOfWords(change, body), kind: 'reply', actor, post: `${actor}/${key}`, lane: lanes.refOf(change.persona, change.audience) });
  return {
    applyPost: taker((change, body) => (isAnswer(body) ? answer(change, change.persona, change.key, body) : null)),
    applyReply: taker((change, body) => answer(change, change.author ?? change.persona, String(body['post']), body as unknown as Words)),
    applyReaction: taker((change, { post }) => ({ ...about('like')(change), post: `${change.persona}/${String(post)}` })),
    applyFollower: taker(about('follow')), applyRequest: taker(about('request')), applyAcceptance: taker(about('accepted')),
  };
}

interface Words { createdAt: number; replyTo?: { persona: string } }
const isAnswer = (body: object): body is Words => 'replyTo' in body;

function queries(db: Sqlite) {
  const columns = 'place, kind, actor, post, lane';
  return {
    before: db.prepare<Row>(`SELECT ${columns} FROM news WHERE owner = ? AND place < ? ORDER BY place DESC LIMIT ?`),
    likes: db.prepare<Row>(`SELECT ${columns} FROM news WHERE kind = 'like' AND post = ? ORDER BY place DESC`),
    reactions: db.prepare<{ post: string; kind: string; actor: string }>(`SELECT post, kind, actor FROM news INDEXED BY news_reactions
      WHERE kind IN ('like', 'boost') AND post IN (SELECT value FROM json_each(?)) ORDER BY place DESC`),
    post: db.prepare<{ post: string }>('SELECT post FROM news WHERE record = ?'),
    records: db.prepare<{ record: string }>(`SELECT record FROM news WHERE kind = 'like' AND post = ?`),
    there: db.prepare('SELECT 1 AS yes FROM posts WHERE persona = ? AND key = ?'),
  };
}
