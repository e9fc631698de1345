import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import { boundsOf, type Window } from './cursor.ts';
import type { LaneTable } from './lanes.ts';
import type { PostRef } from './posts.ts';
import type { Readers } from './readers.ts';

/** Which quotes stand: what quotes which post, what its author's pod took note of, and what its author withdrew from. Posts are named `persona/key`. */
export interface QuotesView {
  /** `isNew`: nothing of this post is here yet. */
  applyPost(change: Change, isNew: boolean): void;
  applyReaction(change: Change): void;
  applyUnquoted(change: Change): void;
  /** Of some posts that quote: whether the quoted author's pod took note of it, and whether they withdrew; by `quoting quoted`. */
  standing(quoting: readonly string[]): { noted: ReadonlySet<string>; withdrawn: ReadonlySet<string> };
  /** Posts that quote this one, as far as the reader may read them. */
  of(reader: string, quoted: string, window: Window): PostRef[];
  /** Does this post quote that one, and in which lane does it lie; null for no. */
  laneOf(quoting: string, quoted: string): { persona: string; audience: string } | null;
  /** Keys of the owner's records about quotes of one of their posts: those that say who quotes it, those that withdraw it. */
  about(owner: string, post: string): { noted: string[]; withdrawn: string[] };
}

interface Body { createdAt: number; quote?: { persona: string; key: string } }
interface ReactionBody { kind: string; post: string; by?: string }
interface UnquotedBody { post: string; by: { persona: string; key: string } }
interface Pair { by: string; post: string }
type Found = readonly [lane: number, key: string, created: number]

/** The view of quotes over `views.db`. */
export function makeQuotesView(db: Sqlite, lanes: LaneTable, readers: Readers): QuotesView {
  const put = db.prepare('INSERT OR REPLACE INTO quotes (persona, key, lane, created, quoted) VALUES (?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM quotes WHERE persona = ? AND key = ?');
  const noted = tableOf(db, 'noted');
  const withdrawn = tableOf(db, 'withdrawn');
  const lane = db.prepare<{ lane: number }>('SELECT lane FROM quotes WHERE persona = ? AND key = ? AND quoted = ?');
  const page = db.prepareTuples<Found>(`SELECT q.lane, q.key, q.created FROM quotes q CROSS JOIN temp.reads r ON r.reader = ?5 AND r.lane = q.lane
    WHERE q.quoted = ?7 AND (q.created, q.key) < (?1, ?2) AND (q.created, q.key) > (?3, ?4) ORDER BY q.created DESC, q.key DESC LIMIT ?6`);
  return {
    applyPost: ({ persona, key, op, audience, body }, isNew) => {
      // Most posts quote nothing: these cost a look at their text.
      const { createdAt, quote } = op === 'put' && body?.includes('"quote":{') ? JSON.parse(body) as Body : { createdAt: 0 };
      if (quote) put.run(persona, key, lanes.refOf(persona, audience), createdAt, `${quote.persona}/${quote.key}`);
      else if (!isNew) drop.run(persona, key);
    },
    applyReaction: ({ persona, key, op, author, body }) => {
      const { kind, post, by } = op === 'put' && body !== null ? JSON.parse(body) as ReactionBody : { kind: '', post: '' };
      if (kind === 'quote' && by !== undefined) noted.put(persona, key, `${persona}/${post}`, `${author ?? persona}/${by}`);
      else noted.drop(persona, key);
    },
    applyUnquoted: ({ persona, key, op, body }) => {
      if (op === 'remove' || body === null) { withdrawn.drop(persona, key); return; }
      const { post, by } = JSON.parse(body) as UnquotedBody;
      withdrawn.put(persona, key, `${persona}/${post}`, `${by.persona}/${by.key}`);
    },
    standing: (quoting) => ({ noted: noted.among(quoting), withdrawn: withdrawn.among(quoting) }),
    of: (reader, quoted, window) => page.all(...boundsOf(window), readers.refOf(reader), window.first, quoted)
      .map(([ref, key, created]) => ({ persona: lanes.of(ref).persona, key, created })),
    laneOf: (quoting, quoted) => {
      const cut = quoting.indexOf('/');
      const found = lane.get(quoting.slice(0, cut), quoting.slice(cut + 1), quoted);
      return found ? lanes.of(found.lane) : null;
    },
    about: (owner, post) => ({ noted: noted.keys(owner, post), withdrawn: withdrawn.keys(owner, post) }),
  };
}

function tableOf(db: Sqlite, name: 'noted' | 'withdrawn') {
  const put = db.prepare(`INSERT OR REPLACE INTO ${name} (persona, key, post, quoting) VALUES (?, ?, ?, ?)`);
  const drop = db.prepare(`DELETE FROM ${name} WHERE persona = ? AND key = ?`);
  const some = db.prepare<Pair>(`SELECT quoting AS by, post FROM ${name} WHERE quoting IN (SELECT value FROM json_each(?))`);
  const held = db.prepare<{ key: string }>(`SELECT key FROM ${name} WHERE persona = ? AND post = ?`);
  return {
    put: (persona: string, key: string, post: string, quoting: string) => { put.run(persona, key, post, quoting); },
    drop: (persona: string, key: string) => { drop.run(persona, key); },
    among: (quoting: readonly string[]): ReadonlySet<string> => new Set(some.all(JSON.stringify(quoting)).map(({ by, post }) => `${by} ${post}`)),
    keys: (persona: string, post: string) => held.all(persona, post).map(({ key }) => key),
  };
}
