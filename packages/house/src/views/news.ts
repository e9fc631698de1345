import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';
import type { ReaderPort, Readers } from './readers.ts';

/** What news is about: an answer, likes of one post, a new follower, somebody who asks to follow, and who accepted that. */
export type NewsKind = 'reply' | 'like' | 'follow' | 'request' | 'accepted';

/** One piece of news by names and place: who (newest first, at most three, and how many more), and the post it speaks of (`persona/key`). */
export interface NewsRef { kind: NewsKind; place: string; who: string[]; more: number; post: string | null }

/** Which news: those before a place, of some kinds. */
export interface NewsQuery { before: string | null; kinds: ReadonlySet<string>; first: number }

/** Who has liked a post of one's own. */
export interface Likers { who: string[]; more: number }

/** What there is to tell each person, newest first; nothing of whom they have muted, or who is apart from them by a block. */
export interface NewsView {
  applyPost(change: Change): void;
  applyReaction(change: Change): void;
  applyFollower(change: Change): void;
  applyRequest(change: Change): void;
  applyAcceptance(change: Change): void;
  page(owner: string, query: NewsQuery): NewsRef[];
  /** How many pieces lie after a place, at most 100. */
  unread(owner: string, after: string, kinds: ReadonlySet<string>): number;
  /** The place of the newest there is, shown or not; '' when there is none. */
  newest(owner: string): string;
  /** Who likes the owner's post (`owner/key`), the muted among them; nobody apart from the owner. */
  likers(owner: string, post: string): Likers;
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

/** The view of answers, likes and followers over `views.db`. */
export function makeNewsView(db: Sqlite, deps: Deps): NewsView {
  const put = db.prepare('INSERT OR REPLACE INTO news (record, owner, place, kind, actor, post, lane) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const drop = db.prepare<{ owner: string }>('DELETE FROM news WHERE record = ? RETURNING owner');
  const listeners: ((owner: string) => void)[] = [];
  const tell = (owner: string) => { for (const listener of listeners) listener(owner); };
  const ask = queries(db);
  const visible = filter(deps, (post) => ask.there.get(...named(post)) !== undefined);
  const nameOf = ({ persona, service, collection, key }: Change) => `${service}/${collection}/${persona}/${key}`;
  const distinct = (rows: readonly Row[]): Likers => {
    const who = [...new Set(rows.map(({ actor }) => actor))];
    return { who: who.slice(0, NAMED), more: Math.max(0, who.length - NAMED) };
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
    for (let from = before ?? LAST; ;) {
      const rows = ask.before.all(owner, from, CHUNK);
      for (const row of rows) {
        if (!kinds.has(row.kind) || !visible(owner, row) || (row.kind === 'like' && grouped.has(row.post))) continue;
        if (row.kind === 'like') grouped.add(row.post);
        const found = group(owner, row);
        if (found) yield found;
      }
      if (rows.length < CHUNK) return;
      from = rows.at(-1)!.place;
    }
  };
  return {
    ...intake(deps, (change, row) => {
      put.run(nameOf(change), row.owner, placeOf(change), row.kind, row.actor, row.post, row.lane);
      tell(row.owner);
    }, (change) => {
      const gone = drop.get(nameOf(change));
      if (gone) tell(gone.owner);
    }),
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
    newest: (owner) => ask.newest.get(owner)?.place ?? '',
    likers: (owner, post) => distinct(ask.likes.all(post).filter(({ actor }) => !deps.port.apart(owner, actor))),
    reactions: (owner, post) => ask.records.all(post).map(({ record }) => record.slice(`microblog/reactions/${owner}/`.length)),
  };
}

const named = (post: string | null): [string, string] => [post?.slice(0, post.indexOf('/')) ?? '', post?.slice(post.indexOf('/') + 1) ?? ''];

function filter({ lanes, readers, port }: Deps, there: (post: string | null) => boolean): (owner: string, row: Row) => boolean {
  return (owner, { kind, actor, lane, post }) => !port.apart(owner, actor) && port.mutedUntil(owner, actor) <= port.now()
    && (lane === null || readers.mayRead(owner, lanes.of(lane))) && (kind !== 'like' || there(post));
}

interface Told { owner: string; kind: NewsKind; actor: string; post: string | null; lane: number | null }

function intake({ lanes }: Deps, put: (change: Change, told: Told) => void, drop: (change: Change) => void): Pick<NewsView, 'applyPost' | 'applyReaction' | 'applyFollower' | 'applyRequest' | 'applyAcceptance'> {
  const taker = (tell: (change: Change, body: Record<string, unknown>) => Told | null) => (change: Change): void => {
    const told = change.op === 'put' && change.body !== null ? tell(change, JSON.parse(change.body) as Record<string, unknown>) : null;
    if (told && told.owner !== told.actor) put(change, told); else drop(change);
  };
  const about = (kind: NewsKind) => ({ persona, author }: Change): Told => ({ owner: persona, kind, actor: author ?? persona, post: null, lane: null });
  return {
    applyPost: taker(({ persona, key, audience }, { replyTo }) => (replyTo === undefined ? null
      : { owner: (replyTo as { persona: string }).persona, kind: 'reply', actor: persona, post: `${persona}/${key}`, lane: lanes.refOf(persona, audience) })),
    applyReaction: taker(({ persona, author }, { post }) => ({ owner: persona, kind: 'like', actor: author ?? persona, post: `${persona}/${String(post)}`, lane: null })),
    applyFollower: taker(about('follow')), applyRequest: taker(about('request')), applyAcceptance: taker(about('accepted')),
  };
}

function queries(db: Sqlite) {
  const columns = 'place, kind, actor, post, lane';
  return {
    before: db.prepare<Row>(`SELECT ${columns} FROM news WHERE owner = ? AND place < ? ORDER BY place DESC LIMIT ?`),
    likes: db.prepare<Row>(`SELECT ${columns} FROM news WHERE kind = 'like' AND post = ? ORDER BY place DESC`),
    records: db.prepare<{ record: string }>(`SELECT record FROM news WHERE kind = 'like' AND post = ?`),
    newest: db.prepare<{ place: string }>('SELECT place FROM news WHERE owner = ? ORDER BY place DESC LIMIT 1'),
    there: db.prepare('SELECT 1 AS yes FROM posts WHERE persona = ? AND key = ?'),
  };
}
