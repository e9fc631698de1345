import { fold, tagsIn, wordsIn } from '@commonhold/core';
import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';

/** What of a post or a kept reply can be found; keys as its contract has them. */
interface Findable {
  text: string; createdAt: number; warning?: string; images?: { alt?: string }[]; poll?: { options: string[] };
  /** Of a reply that another keeps: its key among its author's own. */
  post?: string;
}

/** What can be in a post, as tags of the index that nobody can write. */
export const HAS = { image: ':image', poll: ':poll', link: ':link' } as const;

/** A tag in the spelling under which the index has it. */
export const tagKey = (tag: string): string => fold(tag);

/** Fills the index of what can be found. */
export interface EntriesIntake {
  /** `isNew`: nothing of this post is here yet. */
  applyPost(change: Change, isNew: boolean): void;
  applyReply(change: Change): void;
}

// Room for so many entries within a millisecond; those of more take the next ones.
const WITHIN_MS = 32;
const LINK = /https?:\/\//i;

/** Takes posts and kept replies into the index of `views.db`; `onErased` hears when words were taken out of it. */
export function makeEntriesIntake(db: Sqlite, lanes: LaneTable, onErased: () => void): EntriesIntake {
  const ask = statements(db);
  const free = (createdAt: number): number => {
    for (let span = WITHIN_MS; ; span *= 4) {
      const id = createdAt * WITHIN_MS + Math.floor(Math.random() * span);
      if (!ask.taken.get(id)) return id;
    }
  };
  const forget = (owner: string, record: string): void => {
    const had = ask.drop.get(owner, record);
    if (!had) return;
    ask.unword.run(had.id);
    ask.untag.run(had.id);
    onErased();
  };
  const before = (isNew: boolean, owner: string, record: string) => (isNew ? undefined : ask.held.get(owner, record));
  const taker = (collection: string) => ({ persona: owner, key, op, audience, author, body }: Change, isNew = false): void => {
    const record = `${collection}/${key}`;
    if (op === 'remove' || body === null) { forget(owner, record); return; }
    const said = JSON.parse(body) as Findable;
    const words = textOf(said).flatMap(wordsIn).join(' ');
    const lane = lanes.refOf(owner, audience);
    const had = before(isNew, owner, record);
    // What was voted for, or for whom it is, changes no word.
    if (had?.words === words) { ask.move.run(lane, had.id); return; }
    if (had) forget(owner, record);
    const id = had?.id ?? free(said.createdAt);
    ask.put.run(id, owner, record, author ?? owner, said.post ?? key, lane);
    ask.word.run(id, words);
    for (const tag of new Set([...tagsIn(said.text).map(tagKey), ...contentsOf(said)])) ask.tag.run(tag, id);
  };
  return { applyPost: taker('posts'), applyReply: taker('replies') };
}

const textOf = ({ text, warning, images = [], poll }: Findable): string[] =>
  [warning ?? '', text, ...images.map(({ alt }) => alt ?? ''), ...poll?.options ?? []];

const contentsOf = ({ text, images, poll }: Findable): string[] =>
  [...(images ? [HAS.image] : []), ...(poll ? [HAS.poll] : []), ...(LINK.test(text) ? [HAS.link] : [])];

function statements(db: Sqlite) {
  return {
    taken: db.prepare('SELECT 1 AS yes FROM entries WHERE id = ?'),
    held: db.prepare<{ id: number; words: string }>('SELECT e.id, w.text AS words FROM entries e JOIN words w ON w.rowid = e.id WHERE e.owner = ? AND e.record = ?'),
    drop: db.prepare<{ id: number }>('DELETE FROM entries WHERE owner = ? AND record = ? RETURNING id'),
    unword: db.prepare('DELETE FROM words WHERE rowid = CAST(? AS INTEGER)'),
    untag: db.prepare('DELETE FROM tags WHERE id = ?'),
    move: db.prepare('UPDATE entries SET lane = ? WHERE id = ?'),
    put: db.prepare('INSERT INTO entries (id, owner, record, author, key, lane) VALUES (?,?,?,?,?,?)'),
    word: db.prepare('INSERT INTO words (rowid, text) VALUES (CAST(? AS INTEGER), ?)'),
    tag: db.prepare('INSERT INTO tags (tag, id) VALUES (?, ?)'),
  };
}
