import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';

/** An earlier wording that lies for others than its post; `audience` (stored form) is the post's, null = that is gone. */
export interface StrayVersion { key: string; audience: string | null }

/** Earlier wordings of posts: an index of ids and lanes. */
export interface VersionsView {
  apply(change: Change): void;
  /** Keys of the earlier wordings of a post. */
  keys(persona: string, post: string): string[];
  stray(persona: string): StrayVersion[];
}

/** The view of `microblog.post_versions` over `views.db`. */
export function makeVersionsView(db: Sqlite, lanes: LaneTable): VersionsView {
  const put = db.prepare('INSERT OR REPLACE INTO versions (persona, key, post, lane) VALUES (?,?,?,?)');
  const drop = db.prepare('DELETE FROM versions WHERE persona = ? AND key = ?');
  const held = db.prepare<{ key: string }>('SELECT key FROM versions WHERE persona = ? AND post = ?');
  const stray = db.prepare<{ key: string; lane: number | null }>(`SELECT v.key, p.lane FROM versions v LEFT JOIN posts p ON p.persona = v.persona AND p.key = v.post
    WHERE v.persona = ? AND p.lane IS NOT v.lane`);
  return {
    apply: ({ persona, key, op, audience, body }) => {
      if (op === 'remove' || body === null) { drop.run(persona, key); return; }
      put.run(persona, key, (JSON.parse(body) as { post: string }).post, lanes.refOf(persona, audience));
    },
    keys: (persona, post) => held.all(persona, post).map(({ key }) => key),
    stray: (persona) => stray.all(persona).map(({ key, lane }) => ({ key, audience: lane === null ? null : lanes.of(lane).audience })),
  };
}
