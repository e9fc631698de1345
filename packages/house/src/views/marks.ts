import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import { makeMarked } from './marked.ts';
import { boundsOf, type Place, type Window } from './cursor.ts';

/** What a person can do to a post that they alone see of themselves; a mute is of the conversation that the post began. */
export type MarkKind = 'like' | 'boost' | 'bookmark' | 'vote' | 'mute';

/** One of a person's own marks on one post (`persona/key`); `choices` is a vote's, as JSON text. */
export interface OwnMark { post: string; kind: Exclude<MarkKind, 'mute'>; choices: string | null }

/** What a person has done to posts: an index of their own likes, boosts, bookmarks, votes and mutes, asked by nobody else. */
export interface MarksView {
  /** Takes in a change of the collection that holds such marks. */
  applyTo(kind: MarkKind): (change: Change) => void;
  /** Keys of the person's marks of a kind on a post (`persona/key`): usually one or none. */
  keys(persona: string, kind: MarkKind, post: string): string[];
  /** The person's marks on some posts, but for mutes, found in one question. */
  among(persona: string, posts: readonly string[]): OwnMark[];
  /** What the person has bookmarked, the newest bookmark first; `created` and `key` are the bookmark's. */
  bookmarks(persona: string, window: Window): BookmarkRef[];
  /** Takes what is in memory from the file again, after a transaction that was undone. */
  undone(): void;
}

/** A bookmark, and the post (`persona/key`) that it is of. */
export interface BookmarkRef extends Place { post: string }

interface MarkBody { post: { persona: string; key: string }; createdAt: number; choices?: number[] }

/** The view of `microblog.likes`, `boosts`, `bookmarks`, `votes` and `mutes` over `views.db`. */
export function makeMarksView(db: Sqlite): MarksView {
  const marked = makeMarked(db);
  const put = db.prepare('INSERT OR REPLACE INTO marks (persona, kind, key, post, created, choices) VALUES (?, ?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM marks WHERE persona = ? AND kind = ? AND key = ?');
  const held = db.prepare<{ key: string }>('SELECT key FROM marks WHERE persona = ? AND post = ? AND kind = ?');
  const some = db.prepareTuples<readonly [post: string, kind: OwnMark['kind'], choices: string | null]>(
    "SELECT m.post, m.kind, m.choices FROM json_each(?2) j CROSS JOIN marks m INDEXED BY marks_post ON m.persona = ?1 AND m.post = j.value AND m.kind <> 'mute'");
  const bookmarks = db.prepareTuples<readonly [created: number, key: string, post: string]>(`SELECT created, key, post FROM marks INDEXED BY marks_bookmark
    WHERE kind = 'bookmark' AND persona = ?6 AND (created, key) < (?1, ?2) AND (created, key) > (?3, ?4) ORDER BY created DESC, key DESC LIMIT ?5`);
  return {
    applyTo: (kind) => ({ persona, key, op, body }) => {
      if (op === 'remove' || body === null) { drop.run(persona, kind, key); return; }
      const { post, createdAt, choices } = JSON.parse(body) as MarkBody;
      const name = `${post.persona}/${post.key}`;
      put.run(persona, kind, key, name, createdAt, choices ? JSON.stringify(choices) : null);
      marked.add(persona, name);
    },
    keys: (persona, kind, post) => held.all(persona, post, kind).map(({ key }) => key),
    among: (persona, posts) => {
      const likely = marked.among(persona, posts);
      return likely.length === 0 ? [] : some.all(persona, JSON.stringify(likely)).map(([post, kind, choices]) => ({ post, kind, choices }));
    },
    undone: marked.forget,
    bookmarks: (persona, window) => bookmarks.all(...boundsOf(window), window.first, persona).map(([created, key, post]) => ({ created, key, post })),
  };
}
