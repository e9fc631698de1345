import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';

/** Which posts a person likes: an index of their own likes, asked by nobody else. */
export interface LikesView {
  apply(change: Change): void;
  /** Keys of the person's likes of a post (`persona/key`): usually one or none. */
  keys(persona: string, post: string): string[];
  /** Those of some posts that the person likes, found in one question. */
  among(persona: string, posts: readonly string[]): ReadonlySet<string>;
}

interface LikeBody { post: { persona: string; key: string } }

/** The view of `microblog.likes` over `views.db`. */
export function makeLikesView(db: Sqlite): LikesView {
  const put = db.prepare('INSERT OR REPLACE INTO likes (persona, key, post) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM likes WHERE persona = ? AND key = ?');
  const held = db.prepare<{ key: string }>('SELECT key FROM likes WHERE persona = ? AND post = ?');
  const some = db.prepare<{ post: string }>('SELECT post FROM likes WHERE persona = ? AND post IN (SELECT value FROM json_each(?))');
  return {
    apply: ({ persona, key, op, body }) => {
      if (op === 'remove' || body === null) { drop.run(persona, key); return; }
      const { post } = JSON.parse(body) as LikeBody;
      put.run(persona, key, `${post.persona}/${post.key}`);
    },
    keys: (persona, post) => held.all(persona, post).map(({ key }) => key),
    among: (persona, posts) => new Set(some.all(persona, JSON.stringify(posts)).map(({ post }) => post)),
  };
}
