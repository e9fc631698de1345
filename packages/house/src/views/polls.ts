import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';

/** Which posts ask something, and until when; and who answered one's own. */
export interface PollsView {
  applyPost(change: Change, isNew: boolean): void;
  applyBallot(change: Change): void;
  /** Keys of the ballots that the owner's pod holds for a post of theirs (its key), each with whose it is, the first one first. */
  ballots(owner: string, post: string): { key: string; author: string }[];
  /** Who asked or voted in what ended after one time and until another (ms). */
  concerned(after: number, until: number): string[];
}

/** The place of the news that a poll has ended. */
export const endPlace = (until: number, key: string): string => `${until.toString(16).padStart(12, '0')}0000.${key}`;

/** The view of polls and ballots over `views.db`. */
export function makePollsView(db: Sqlite, lanes: LaneTable): PollsView {
  const put = db.prepare('INSERT OR REPLACE INTO polls (name, persona, lane, place) VALUES (?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM polls WHERE name = ?');
  const putBallot = db.prepare('INSERT OR REPLACE INTO ballots (persona, key, author, post, at) VALUES (?, ?, ?, ?, ?)');
  const dropBallot = db.prepare('DELETE FROM ballots WHERE persona = ? AND key = ?');
  const held = db.prepare<{ key: string; author: string }>('SELECT key, author FROM ballots WHERE persona = ? AND post = ? ORDER BY at, key');
  const ended = db.prepare<{ persona: string }>(`SELECT persona FROM polls WHERE place > ?1 AND place <= ?2
    UNION SELECT m.persona FROM polls p JOIN marks m INDEXED BY marks_votes ON m.kind = 'vote' AND m.post = p.name WHERE p.place > ?1 AND p.place <= ?2`);
  return {
    applyPost: ({ persona, key, op, audience, body }, isNew) => {
      const name = `${persona}/${key}`;
      const { poll } = op === 'put' && body?.includes('"poll":{') ? JSON.parse(body) as { poll?: { until: number } } : {};
      if (poll) put.run(name, persona, lanes.refOf(persona, audience), endPlace(poll.until, key));
      else if (!isNew) drop.run(name);
    },
    applyBallot: ({ persona, key, op, author, at, body }) => {
      if (op === 'remove' || body === null) { dropBallot.run(persona, key); return; }
      putBallot.run(persona, key, author ?? persona, (JSON.parse(body) as { post: string }).post, at);
    },
    ballots: (owner, post) => held.all(owner, post),
    concerned: (after, until) => ended.all(endPlace(after, '~'), endPlace(until, '~')).map(({ persona }) => persona),
  };
}
