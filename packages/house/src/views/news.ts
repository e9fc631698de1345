import type { Sqlite } from '../sqlite/port.ts';
import { makeLately } from './lately.ts';
import { makeNewsIntake, type NewsIntake } from './news-intake.ts';
import type { Likers, NewsDeps, NewsRef, NewsRow } from './news-types.ts';
import { distinct, isGrouped, LAST, makeNewsWalk, nowPlace, type Piece, type Pieces } from './news-walk.ts';

/** Who has liked and who has boosted a post of one's own. */
export interface Reactors { likes: Likers; boosts: Likers }

/** Somebody who likes or boosts a post, and where their newest sign of it stands. */
export interface Reactor { actor: string; place: string }

/** Which of them: those of one kind, before a place. */
export interface ReactorsQuery { kind: 'like' | 'boost'; before: string | null; first: number }

/** Which news: those before a place, of some kinds. */
export interface NewsQuery { before: string | null; kinds: ReadonlySet<string>; first: number }

/** What there is to tell each person, newest first; nothing of whom or of which conversation they have muted, nor of who is apart from them by a block. */
export interface NewsView extends NewsIntake {
  /** One page, and who likes and boosts the posts that are liked or boosted there; how many pieces of the `wanted` kinds lie after a place, at most 100; and the place of the newest, as `newest`. Found in one walk. */
  glance(owner: string, query: NewsQuery, after: string, wanted: ReadonlySet<string>): { refs: NewsRef[]; reactors: ReadonlyMap<string, Reactors>; unread: number; newest: string };
  /** How many pieces lie after a place, at most 100. */
  unread(owner: string, after: string, kinds: ReadonlySet<string>): number;
  /** The place of the newest that is for the owner to see; '' when there is none. What is not for them says nothing, not even when. */
  newest(owner: string): string;
  /** The place after all that there is now, shown or not: what is hidden is read with the others. */
  now(owner: string): string;
  /** Who likes and who boosts some of the owner's posts (`owner/key`), the muted among them; nobody apart from the owner. Found in one question. */
  reactors(owner: string, posts: readonly string[]): ReadonlyMap<string, Reactors>;
  /** Who likes the owner's post (`owner/key`), or who boosts it, each once, newest first: a part of them. The muted are among them, nobody apart from the owner. */
  whoReacted(owner: string, post: string, query: ReactorsQuery): Reactor[];
  /** Which of the owner's posts (`owner/key`) a like or boost is of, by its record; of one that is gone, if that is not long ago. */
  reacted(owner: string, key: string): string | null;
  /** Polls have ended since the last time: whom that concerns is told. */
  passTime(): void;
  /** Tells whose news changed, as it changes. */
  listen(listener: (owner: string) => void): void;
  /** Keys of the records that say who likes or boosts the owner's post. */
  reactions(owner: string, post: string): string[];
}

const MOST_UNREAD = 100;

/** The view of what there is to tell, over `views.db`. */
export function makeNewsView(db: Sqlite, deps: NewsDeps): NewsView {
  const { put, drop } = rowsOf(db);
  const lately = makeLately<string>();
  const listeners: ((owner: string) => void)[] = [];
  const ask = queries(db);
  const walk = makeNewsWalk(db, deps);
  const poke = (owner: string) => { for (const listener of listeners) listener(owner); };
  // Nobody hears that something happened which is not for them.
  const tell = (rows: readonly NewsRow[]) => { for (const owner of new Set(rows.filter((row) => walk.visible(row.owner, row)).map((row) => row.owner))) poke(owner); };
  const newestOf = (pieces: Pieces): string => pieces.at(0)?.place ?? '';
  const newest = (owner: string): string => newestOf(walk.piecesOf(owner));
  const reactorsOf = (owner: string, posts: readonly string[]): ReadonlyMap<string, Reactors> => {
    const found = rowsByPost(owner, posts);
    return new Map(posts.map((post) => [post, { likes: distinct(ofKind(found, post, 'like')), boosts: distinct(ofKind(found, post, 'boost')) }]));
  };
  const rowsByPost = (owner: string, posts: readonly string[]): ReadonlyMap<string, Reaction[]> => {
    const rows = ask.reactions.all(JSON.stringify(posts));
    const apart = new Set([...new Set(rows.map(([, , actor]) => actor))].filter((actor) => deps.port.apart(owner, actor)));
    const found = new Map<string, Reaction[]>(posts.map((post) => [post, []]));
    for (const [at, isLike, actor] of rows) if (!apart.has(actor)) found.get(posts[at]!)!.push({ kind: isLike === 1 ? 'like' : 'boost', actor });
    return found;
  };
  let passed = deps.port.now();
  return {
    ...makeNewsIntake(deps, (record, rows, isNew) => {
      const gone = isNew ? [] : drop(record);
      if (gone[0] && rows.length === 0 && isGrouped(gone[0].kind)) lately.keep(record, gone[0].post!);
      for (const row of rows) put(record, row);
      tell([...gone, ...rows]);
    }),
    reacted: (owner, key) => ask.post.get(`microblog/reactions/${owner}/${key}`)?.post ?? lately.get(`microblog/reactions/${owner}/${key}`) ?? null,
    listen: (listener) => { listeners.push(listener); },
    passTime: () => {
      const now = deps.port.now();
      if (now > passed) for (const owner of deps.polls.concerned(passed, now)) poke(owner);
      passed = now;
    },
    glance: (owner, query, after, wanted) => {
      const pieces = walk.piecesOf(owner);
      const page = pageOf(pieces, query);
      const found = rowsByPost(owner, [...new Set(page.filter(({ kind }) => isGrouped(kind)).map(({ post }) => post!))]);
      const refs = page.map(({ kind, place, actor, post }): NewsRef => {
        const others = isGrouped(kind) ? ofKind(found, post!, kind).filter((row) => pieces.hears(row.actor)) : [{ actor }];
        return { kind, place, ...distinct(others), post };
      });
      const reactors = new Map([...found.keys()].map((post) => [post, { likes: distinct(ofKind(found, post, 'like')), boosts: distinct(ofKind(found, post, 'boost')) }]));
      return { refs, reactors, unread: countOf(pieces, after, wanted), newest: newestOf(pieces) };
    },
    unread: (owner, after, kinds) => countOf(walk.piecesOf(owner), after, kinds),
    newest,
    now: (owner) => {
      const [shown, now] = [newest(owner), `${nowPlace(deps.port.now())}.${LAST}`];
      return shown > now ? shown : now;
    },
    reactors: reactorsOf,
    whoReacted: (owner, post, { kind, before, first }) =>
      ask.actors.all(kind, post).filter(({ actor, place }) => (before === null || place < before) && !deps.port.apart(owner, actor)).slice(0, first),
    reactions: (owner, post) => ask.records.all(post).map(({ record }) => record.slice(`microblog/reactions/${owner}/`.length)),
  };
}

interface Reaction { kind: 'like' | 'boost'; actor: string }

const ofKind = (rows: ReadonlyMap<string, Reaction[]>, post: string, kind: string): Reaction[] => (rows.get(post) ?? []).filter((row) => row.kind === kind);

function pageOf(pieces: Pieces, { before, kinds, first }: NewsQuery): Piece[] {
  const found: Piece[] = [];
  for (let i = 0, piece = pieces.at(0); piece && found.length < first; piece = pieces.at(++i)) {
    if ((before === null || piece.place < before) && kinds.has(piece.kind)) found.push(piece);
  }
  return found;
}

/** How many pieces of some kinds lie after a place. */
function countOf(pieces: Pieces, after: string, kinds: ReadonlySet<string>): number {
  let n = 0;
  for (let i = 0, piece = pieces.at(0); piece && piece.place > after && n < MOST_UNREAD; piece = pieces.at(++i)) if (kinds.has(piece.kind)) n++;
  return n;
}

/** Puts and drops rows, and says of each group which is its top. */
function rowsOf(db: Sqlite): { put(record: string, row: NewsRow): void; drop(record: string): NewsRow[] } {
  const group = "kind IN ('like', 'boost') AND post = ? AND kind = ?";
  const add = db.prepare('INSERT OR REPLACE INTO news (record, owner, place, kind, actor, post, lane, top) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const remove = db.prepare<NewsRow & { top: number }>('DELETE FROM news WHERE record = ? RETURNING owner, place, kind, actor, post, lane, top');
  const newest = db.prepare<{ place: string; record: string; owner: string }>(`SELECT place, record, owner FROM news INDEXED BY news_reactions WHERE ${group} ORDER BY place DESC LIMIT 1`);
  const set = db.prepare('UPDATE news SET top = ? WHERE record = ? AND owner = ?');
  return {
    put: (record, { owner, place, kind, actor, post, lane }) => {
      const other = isGrouped(kind) ? newest.get(post, kind) : undefined;
      if (other && other.place < place) set.run(0, other.record, other.owner);
      add.run(record, owner, place, kind, actor, post, lane, other && other.place > place ? 0 : 1);
    },
    drop: (record) => remove.all(record).map(({ top, ...row }) => {
      const next = top === 1 && isGrouped(row.kind) ? newest.get(row.post, row.kind) : undefined;
      if (next) set.run(1, next.record, next.owner);
      return row;
    }),
  };
}

function queries(db: Sqlite) {
  const reactions = "FROM news INDEXED BY news_reactions WHERE kind IN ('like', 'boost')";
  return {
    reactions: db.prepareTuples<readonly [at: number, isLike: number, actor: string]>(
      `SELECT j.key, n.kind = 'like', n.actor FROM json_each(?) j CROSS JOIN news n INDEXED BY news_reactions ON n.post = j.value AND n.kind IN ('like', 'boost') ORDER BY n.place DESC`),
    post: db.prepare<{ post: string }>("SELECT post FROM news WHERE record = ? AND kind IN ('like', 'boost')"),
    actors: db.prepare<Reactor>(`SELECT actor, max(place) AS place ${reactions} AND kind = ? AND post = ? GROUP BY actor ORDER BY 2 DESC`),
    records: db.prepare<{ record: string }>(`SELECT record ${reactions} AND post = ?`),
  };
}

export type { Likers, NewsKind, NewsRef } from './news-types.ts';
