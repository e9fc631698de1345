import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';
import { makeNewestPosts } from './newest.ts';
import { HOME, QUIET, READS, type Readers } from './readers.ts';
import { makeShare } from './share.ts';
import { boundsOf, isNewer, type Place, type Window } from './cursor.ts';

/** A post by name and place; its text is asked of the gate. */
export interface PostRef extends Place { persona: string }
/** A post of a conversation; a kept reply is read from the record of its keeper, who has it in the same audience as their post. */
export interface ThreadRef extends PostRef { kept: { keeper: string; record: string } | null; /** What it answers, by `persona/key`; null for what begins a conversation. */ parent: string | null }

/** Where posts stand: an index of ids and lanes that any number of readers may ask, each seeing their own part. */
export interface PostsView {
  /** Takes in a change of a post; answers whether the post was not there before, so that nothing of it is anywhere else either. */
  apply(change: Change): boolean;
  /** Everything the reader may read of this house's people. */
  house(reader: string, window: Window): PostRef[];
  /** The reader's own posts and those of whom they follow; replies too when asked. */
  home(reader: string, window: Window, replies: boolean): PostRef[];
  /** Posts of these people, as far as the reader may read them and has not muted them; replies too when asked. */
  of(reader: string | null, people: readonly string[], window: Window, replies: boolean): PostRef[];
  /** One person's posts; replies too when asked. */
  by(reader: string | null, persona: string, replies: boolean, window: Window): PostRef[];
  /** A whole conversation, oldest first, at most `most`. */
  thread(reader: string | null, root: string, most: number): ThreadRef[];
  /** Keys of the person's own replies that are for them alone, as far as their own pod goes. */
  ownReplies(persona: string): string[];
  /** Takes what is in memory from the file again. */
  undone(): void;
  /** May the reader read posts of this person for this audience? */
  mayRead(reader: string | null, persona: string, audience: string): boolean;
  /** Does one of the two block the other? */
  apart(one: string, other: string): boolean;
  /** May they, and has the reader not muted this person? */
  shows(reader: string | null, persona: string, audience: string): boolean;
}

type Found = readonly [lane: number, key: string, created: number]
type Handed = readonly [lane: number, author: string, key: string, created: number, record: string, parent: string]
type Said = readonly [lane: number, key: string, created: number, parent: string | null]
interface PostBody { createdAt: number; replyTo?: { persona: string; key: string }; root?: { persona: string; key: string } }

/** The view of `microblog.posts` over `views.db`. */
export function makePostsView(db: Sqlite, lanes: LaneTable, readers: Readers, apart: (one: string, other: string) => boolean): PostsView {
  const add = db.prepare('INSERT INTO posts (lane, persona, key, created, root, reply, parent) VALUES (?1,?2,?3,?4,?5,?6,?7) ON CONFLICT (persona, key) DO NOTHING');
  const change = db.prepare('UPDATE posts SET lane = ?1, created = ?4, root = ?5, reply = ?6, parent = ?7 WHERE persona = ?2 AND key = ?3');
  const drop = db.prepare('DELETE FROM posts WHERE persona = ? AND key = ?');
  const ask = queries(db);
  const named = (rows: Found[]): PostRef[] => rows.map(([lane, key, created]) => ({ persona: lanes.of(lane).persona, key, created }));
  const share = makeShare(db, lanes);
  const newest = makeNewestPosts(db);
  const of: PostsView['of'] = (reader, people, window, replies) =>
    named(ask.of.all(...boundsOf(window), readers.refOf(reader), window.first, JSON.stringify(people), replies ? 1 : 0));
  return {
    apply: ({ persona, key, op, audience, body }) => {
      share.changed(persona);
      if (op === 'remove' || body === null) { newest.drop(persona, key); drop.run(persona, key); return false; }
      const { createdAt, replyTo, root } = JSON.parse(body) as PostBody;
      const top = root ?? replyTo;
      const lane = lanes.refOf(persona, audience);
      const row = [lane, persona, key, createdAt, top ? `${top.persona}/${top.key}` : `${persona}/${key}`, replyTo ? 1 : 0, replyTo ? `${replyTo.persona}/${replyTo.key}` : null] as const;
      const isNew = add.run(...row).changes === 1;
      if (!isNew) { newest.drop(persona, key); change.run(...row); }
      newest.add({ persona, key, created: createdAt, lane, reply: replyTo !== undefined });
      return isNew;
    },
    undone: newest.forget,
    house: (reader, window) => {
      const marks = readers.marksOf(reader);
      return newest.find(window, ({ lane }) => (marks[lane]! & (READS | QUIET)) === READS)
        ?? named(ask.house.all(...boundsOf(window), readers.refOf(reader), window.first));
    },
    home: (reader, window, replies) => {
      const people = readers.homeOf(reader);
      // What is new since is little, whoever has written it.
      if (window.after === null && share.isSmall(people, window.first)) return of(reader, [...people], window, replies);
      const marks = readers.marksOf(reader);
      return newest.find(window, ({ lane, reply }) => (marks[lane]! & HOME) !== 0 && (replies || !reply))
        ?? named((replies ? ask.home : ask.homePosts).all(...boundsOf(window), readers.refOf(reader), window.first));
    },
    of,
    by: (reader, persona, replies, window) => named(ask.by.all(...boundsOf(window), readers.refOf(reader), window.first, persona, replies ? 1 : 0)),
    thread: (reader, root, most) => {
      const ref = readers.refOf(reader);
      const own = ask.thread.all(root, ref, most).map(([lane, key, created, parent]): ThreadRef => ({ persona: lanes.of(lane).persona, key, created, parent, kept: null }));
      const handed = ask.handed.all(root, ref, most, reader ?? '').map(([lane, persona, key, created, record, parent]): ThreadRef => ({ persona, key, created, parent, kept: { keeper: lanes.of(lane).persona, record } }));
      const found = handed.length === 0 ? own : [...own, ...handed].toSorted((a, b) => Number(isNewer(a, b)) - Number(isNewer(b, a))).slice(0, most);
      // Where two are apart, nobody hands on what one of them said to the other, or to the reader.
      const shown = found.filter(({ persona, kept }) => kept === null || !(apart(kept.keeper, persona) || (reader !== null && apart(reader, persona))));
      const kept = new Set(shown.filter((ref) => ref.kept).map(({ persona, key }) => `${persona}/${key}`));
      return shown.filter((ref) => ref.kept !== null || !kept.has(`${ref.persona}/${ref.key}`));
    },
    ownReplies: (persona) => ask.own.all(persona, lanes.refOf(persona, 'only-me')).map(({ key }) => key),
    apart,
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
  const home = `SELECT p.lane, p.key, p.created FROM posts p INDEXED BY posts_created ${readable} WHERE ${inWindow} AND r.home = 1`;
  return {
    house: db.prepareTuples<Found>(`SELECT p.lane, p.key, p.created FROM posts p INDEXED BY posts_created ${readable} WHERE ${inWindow} AND r.quiet = 0 ${newest}`),
    home: db.prepareTuples<Found>(`${home} ${newest}`),
    homePosts: db.prepareTuples<Found>(`${home} AND p.reply = 0 ${newest}`),
    of: db.prepareTuples<Found>(`SELECT p.lane, p.key, p.created FROM (SELECT DISTINCT value AS persona FROM json_each(?7)) w
      CROSS JOIN posts p INDEXED BY posts_persona ON p.persona = w.persona ${readable} WHERE p.reply <= ?8 AND r.quiet = 0 AND ${inWindow} ${newest}`),
    by: db.prepareTuples<Found>(`SELECT p.lane, p.key, p.created FROM posts p ${readable} WHERE p.persona = ?7 AND p.reply <= ?8 AND ${inWindow} ${newest}`),
    thread: db.prepareTuples<Said>(`SELECT p.lane, p.key, p.created, p.parent FROM posts p INDEXED BY posts_root CROSS JOIN temp.reads r ON r.reader = ?2 AND r.lane = p.lane
      WHERE p.root = ?1 ORDER BY p.created, p.key LIMIT ?3`),
    handed: db.prepareTuples<Handed>(`SELECT k.lane, k.author, k.post, k.created, k.record, k.parent FROM kept k LEFT JOIN temp.reads r ON r.reader = ?2 AND r.lane = k.lane
      WHERE k.root = ?1 AND (r.lane IS NOT NULL OR k.author = ?4) ORDER BY k.created, k.post LIMIT ?3`),
    own: db.prepare<{ key: string }>('SELECT key FROM posts WHERE persona = ? AND lane = ? AND reply = 1'),
  };
}
