import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import { boundsOf, type Place, type Window } from './cursor.ts';
import type { LaneTable } from './lanes.ts';
import type { Readers } from './readers.ts';

/** A post that somebody passed on: who, by which record of theirs; `created` and `key` are the boost's. */
export interface BoostRef extends Place { by: string; post: { persona: string; key: string } }

/** Who passed on what, in time: an index of ids and lanes. */
export interface BoostsView {
  apply(change: Change): void;
  /** Boosts by the people whom the reader follows, of posts for the house or everyone that the reader may read and has not muted. */
  home(reader: string, window: Window): BoostRef[];
  /** Does this boost stand in the reader's home? */
  reaches(reader: string, persona: string, key: string): boolean;
}

interface BoostBody { post: { persona: string; key: string }; createdAt: number }
type Found = readonly [lane: number, key: string, created: number, author: string, post: string];

/** The view of `microblog.boosts` over `views.db`. */
export function makeBoostsView(db: Sqlite, lanes: LaneTable, readers: Readers): BoostsView {
  const put = db.prepare('INSERT OR REPLACE INTO boosts (persona, key, lane, author, post, created) VALUES (?,?,?,?,?,?)');
  const drop = db.prepare('DELETE FROM boosts WHERE persona = ? AND key = ?');
  // Both lanes count: the boost's, and the post's as it is now. One that was narrowed since is passed on to nobody.
  const home = db.prepareTuples<Found>(`SELECT b.lane, b.key, b.created, b.author, b.post FROM boosts b INDEXED BY boosts_created
    CROSS JOIN temp.reads r ON r.reader = ?5 AND r.lane = b.lane
    CROSS JOIN posts p ON p.persona = b.author AND p.key = b.post
    CROSS JOIN temp.reads s ON s.reader = ?5 AND s.lane = p.lane
    CROSS JOIN lanes l ON l.ref = p.lane AND (l.audience = 'everyone' OR l.audience >= 'house:' AND l.audience < 'house;')
    WHERE (b.created, b.key) < (?1, ?2) AND (b.created, b.key) > (?3, ?4) AND r.home = 1 AND b.persona <> ?7 AND s.quiet = 0
    ORDER BY b.created DESC, b.key DESC LIMIT ?6`);
  // The same for one of them.
  const one = db.prepare<{ key: string }>(`SELECT b.key FROM boosts b
    CROSS JOIN temp.reads r ON r.reader = ?1 AND r.lane = b.lane
    CROSS JOIN posts p ON p.persona = b.author AND p.key = b.post
    CROSS JOIN temp.reads s ON s.reader = ?1 AND s.lane = p.lane
    CROSS JOIN lanes l ON l.ref = p.lane AND (l.audience = 'everyone' OR l.audience >= 'house:' AND l.audience < 'house;')
    WHERE b.persona = ?2 AND b.key = ?3 AND r.home = 1 AND b.persona <> ?4 AND s.quiet = 0`);
  // No boost is newer: most pages end before the first, or hold none, and need not ask.
  let newest = db.ask<{ created: number | null }>('SELECT max(created) AS created FROM boosts')[0]!.created ?? -1;
  return {
    apply: ({ persona, key, op, audience, body }) => {
      if (op === 'remove' || body === null) { drop.run(persona, key); return; }
      const { post, createdAt } = JSON.parse(body) as BoostBody;
      newest = Math.max(newest, createdAt);
      put.run(persona, key, lanes.refOf(persona, audience), post.persona, post.key, createdAt);
    },
    reaches: (reader, persona, key) => one.get(readers.refOf(reader), persona, key, reader) !== undefined,
    home: (reader, window) => (newest < (window.after?.created ?? 0) ? [] : home.all(...boundsOf(window), readers.refOf(reader), window.first, reader))
      .map(([lane, key, created, author, post]) => ({ by: lanes.of(lane).persona, key, created, post: { persona: author, key: post } })),
  };
}
