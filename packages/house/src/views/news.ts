import type { Sqlite } from '../sqlite/port.ts';
import { makeLately } from './lately.ts';
import { makeNewsIntake, type NewsIntake } from './news-intake.ts';
import type { Likers, NewsDeps, NewsKind, NewsRef, NewsRow } from './news-types.ts';
import { distinct, LAST, makeNewsWalk, nowPlace } from './news-walk.ts';

/** Who has liked and who has boosted a post of one's own. */
export interface Reactors { likes: Likers; boosts: Likers }

/** Which news: those before a place, of some kinds. */
export interface NewsQuery { before: string | null; kinds: ReadonlySet<string>; first: number }

/** What there is to tell each person, newest first; nothing of whom they have muted, or who is apart from them by a block. */
export interface NewsView extends NewsIntake {
  /** One page; how many pieces of the `wanted` kinds lie after a place, at most 100; and the place of the newest, as `newest`. Found in one walk. */
  glance(owner: string, query: NewsQuery, after: string, wanted: ReadonlySet<string>): { refs: NewsRef[]; unread: number; newest: string };
  /** How many pieces lie after a place, at most 100. */
  unread(owner: string, after: string, kinds: ReadonlySet<string>): number;
  /** The place of the newest that is for the owner to see; '' when there is none. What is not for them says nothing, not even when. */
  newest(owner: string): string;
  /** The place after all that there is now, shown or not: what is hidden is read with the others. */
  now(owner: string): string;
  /** Who likes and who boosts some of the owner's posts (`owner/key`), the muted among them; nobody apart from the owner. Found in one question. */
  reactors(owner: string, posts: readonly string[]): ReadonlyMap<string, Reactors>;
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

const isOfPost = (kind: NewsKind): boolean => kind === 'like' || kind === 'boost';

/** The view of what there is to tell, over `views.db`. */
export function makeNewsView(db: Sqlite, deps: NewsDeps): NewsView {
  const put = db.prepare('INSERT OR REPLACE INTO news (record, owner, place, kind, actor, post, lane) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const drop = db.prepare<NewsRow>('DELETE FROM news WHERE record = ? RETURNING owner, place, kind, actor, post, lane');
  const lately = makeLately<string>();
  const listeners: ((owner: string) => void)[] = [];
  const ask = queries(db);
  const walk = makeNewsWalk(db, deps);
  const poke = (owner: string) => { for (const listener of listeners) listener(owner); };
  // Nobody hears that something happened which is not for them.
  const tell = (rows: readonly NewsRow[]) => { for (const owner of new Set(rows.filter((row) => walk.visible(row.owner, row)).map((row) => row.owner))) poke(owner); };
  const newest = (owner: string): string => walk.newest(walk.rowsOf(owner, null));
  let passed = deps.port.now();
  return {
    ...makeNewsIntake(deps, (record, rows, isNew) => {
      const gone = isNew ? [] : drop.all(record);
      if (gone[0] && rows.length === 0 && isOfPost(gone[0].kind)) lately.keep(record, gone[0].post!);
      for (const { owner, place, kind, actor, post, lane } of rows) put.run(record, owner, place, kind, actor, post, lane);
      tell([...gone, ...rows]);
    }),
    reacted: (owner, key) => ask.post.get(`microblog/reactions/${owner}/${key}`)?.post ?? lately.get(`microblog/reactions/${owner}/${key}`) ?? null,
    listen: (listener) => { listeners.push(listener); },
    passTime: () => {
      const now = deps.port.now();
      if (now > passed) for (const owner of deps.polls.concerned(passed, now)) poke(owner);
      passed = now;
    },
    glance: (owner, { before, kinds, first }, after, wanted) => {
      const all = walk.rowsOf(owner, null);
      return { refs: walk.page(before === null ? all : walk.rowsOf(owner, before), kinds, first), unread: walk.count(all, after, wanted, MOST_UNREAD), newest: walk.newest(all) };
    },
    unread: (owner, after, kinds) => walk.count(walk.rowsOf(owner, null), after, kinds, MOST_UNREAD),
    newest,
    now: (owner) => {
      const [shown, now] = [newest(owner), `${nowPlace(deps.port.now())}.${LAST}`];
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

function queries(db: Sqlite) {
  const reactions = "FROM news INDEXED BY news_reactions WHERE kind IN ('like', 'boost')";
  return {
    reactions: db.prepare<{ post: string; kind: string; actor: string }>(`SELECT post, kind, actor ${reactions} AND post IN (SELECT value FROM json_each(?)) ORDER BY place DESC`),
    post: db.prepare<{ post: string }>("SELECT post FROM news WHERE record = ? AND kind IN ('like', 'boost')"),
    records: db.prepare<{ record: string }>(`SELECT record ${reactions} AND post = ?`),
  };
}

export type { Likers, NewsKind, NewsRef } from './news-types.ts';
