import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';
import type { Readers } from './readers.ts';
import type { Place } from './cursor.ts';

/** A post by name and place; its text is asked of the gate. */
export interface PostRef extends Place { persona: string }
/** Which part of a timeline: older than `before`, or newer than `after`; newest first either way. */
export interface Window { before: Place | null; after: Place | null; first: number }

/** Where posts stand: an index of ids and lanes that any number of readers may ask, each seeing their own part. */
export interface PostsView {
  apply(change: Change): void;
  /** Everything the reader may read of this house's people. */
  house(reader: string, window: Window): PostRef[];
  /** The reader's own posts and those of whom they follow. */
  home(reader: string, window: Window): PostRef[];
  /** One person's posts; replies too when asked. */
  by(reader: string | null, persona: string, replies: boolean, window: Window): PostRef[];
  /** A whole conversation, oldest first, at most `most`. */
  thread(reader: string | null, root: string, most: number): PostRef[];
  /** May the reader read posts of this person for this audience? */
  mayRead(reader: string | null, persona: string, audience: string): boolean;
  /** May they, and has the reader not muted this person? */
  shows(reader: string | null, persona: string, audience: string): boolean;
}

const ANY: Place = { created: 0, key: '' };
const LAST: Place = { created: Number.MAX_SAFE_INTEGER, key: '' };

type Found = readonly [lane: number, key: string, created: number]
interface PostBody { createdAt: number; replyTo?: { persona: string; key: string }; root?: { persona: string; key: string } }

/** The view of `microblog.posts` over `views.db`. */
export function makePostsView(db: Sqlite, lanes: LaneTable, readers: Readers): PostsView {
  const put = db.prepare('INSERT OR REPLACE INTO posts (lane, persona, key, created, root, reply) VALUES (?,?,?,?,?,?)');
  const drop = db.prepare('DELETE FROM posts WHERE persona = ? AND key = ?');
  const ask = queries(db);
  const named = (rows: Found[]): PostRef[] => rows.map(([lane, key, created]) => ({ persona: lanes.of(lane).persona, key, created }));
  const bounds = ({ before, after }: Window) => {
    const low = after ?? ANY, high = before ?? LAST;
    return [high.created, high.key, low.created, low.key] as const;
  };
  return {
    apply: ({ persona, key, op, audience, body }) => {
      if (op === 'remove' || body === null) { drop.run(persona, key); return; }
      const { createdAt, replyTo, root } = JSON.parse(body) as PostBody;
      const top = root ?? replyTo;
      put.run(lanes.refOf(persona, audience), persona, key, createdAt, top ? `${top.persona}/${top.key}` : `${persona}/${key}`, replyTo ? 1 : 0);
    },
    house: (reader, window) => named(ask.house.all(...bounds(window), readers.refOf(reader), window.first)),
    home: (reader, window) => named(ask.home.all(...bounds(window), readers.refOf(reader), window.first)),
    by: (reader, persona, replies, window) => named(ask.by.all(...bounds(window), readers.refOf(reader), window.first, persona, replies ? 1 : 0)),
    thread: (reader, root, most) => named(ask.thread.all(root, readers.refOf(reader), most)),
    mayRead: (reader, persona, audience) => readers.mayRead(reader, lanes.of(lanes.refOf(persona, audience))),
    shows: (reader, persona, audience) => readers.shows(reader, lanes.of(lanes.refOf(persona, audience))),
  };
}

// Rows are walked in timeline order and each lane is looked up among the reader's: a page costs about a page.
// CROSS JOIN keeps SQLite from starting at the lanes; there is at most one row of a reader for a lane.
function queries(db: Sqlite) {
  const readable = 'CROSS JOIN temp.reads r ON r.reader = ?5 AND r.lane = p.lane';
  const inWindow = '(p.created, p.key) < (?1, ?2) AND (p.created, p.key) > (?3, ?4)';
  const newest = 'ORDER BY p.created DESC, p.key DESC LIMIT ?6';
  return {
    house: db.prepareTuples<Found>(`SELECT p.lane, p.key, p.created FROM posts p INDEXED BY posts_created ${readable} WHERE ${inWindow} AND r.quiet = 0 ${newest}`),
    home: db.prepareTuples<Found>(`SELECT p.lane, p.key, p.created FROM posts p INDEXED BY posts_created ${readable} WHERE ${inWindow} AND r.home = 1 ${newest}`),
    by: db.prepareTuples<Found>(`SELECT p.lane, p.key, p.created FROM posts p ${readable} WHERE p.persona = ?7 AND p.reply <= ?8 AND ${inWindow} ${newest}`),
    thread: db.prepareTuples<Found>(`SELECT p.lane, p.key, p.created FROM posts p CROSS JOIN temp.reads r ON r.reader = ?2 AND r.lane = p.lane WHERE p.root = ?1 ORDER BY p.created, p.key LIMIT ?3`),
  };
}
