import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';
import { makeLately } from './lately.ts';

/** Audiences of posts whose author keeps the replies. */
type Few = 'close' | 'followers';

/** A reply that the author of a post keeps beside it: whose it is, and the record that holds it. */
export interface KeptRef { keeper: string; record: string; author: string; post: string }
/** A kept reply with whom it was written for at most, whom it lies for (stored form), and for whom the post that it stands under is; null = that is gone. */
export interface KeptUnder extends KeptRef { atMost: Few; audience: string; under: string; of: string | null }

/** Replies to posts for few, where their readers find them: an index of ids and lanes. */
export interface KeptView {
  apply(change: Change): void;
  /** Where a reply is kept, by its author and its key among their posts; the newest, should there be several. */
  of(author: string, post: string): KeptRef | null;
  /** The same for some posts, by `author/post`, found in one question. */
  among(posts: readonly string[]): ReadonlyMap<string, KeptRef>;
  /** Those under one post of the keeper's. */
  under(keeper: string, post: string): KeptUnder[];
  /** Those that lie for others than their post, or whose post is gone. */
  stray(keeper: string): KeptUnder[];
  /** Whose reply a record was that is gone, if that is not long ago. */
  lately(keeper: string, record: string): { persona: string; key: string } | null;
}

interface ReplyBody { createdAt: number; post: string; under: string; audience: Few; root: { persona: string; key: string }; replyTo: { persona: string; key: string } }
interface Row { keeper: string; record: string; author: string; post: string }
interface UnderRow extends Row { at_most: Few; under: string; lane: number; post_lane: number | null }

/** The view of `microblog.replies` over `views.db`. */
export function makeKeptView(db: Sqlite, lanes: LaneTable): KeptView {
  const put = db.prepare('INSERT OR REPLACE INTO kept (keeper, record, author, post, created, root, under, at_most, lane, parent) VALUES (?,?,?,?,?,?,?,?,?,?)');
  const drop = db.prepare<{ author: string; post: string }>('DELETE FROM kept WHERE keeper = ? AND record = ? RETURNING author, post');
  const columns = 'k.keeper, k.record, k.author, k.post';
  const named = db.prepare<Row>(`SELECT ${columns} FROM kept k WHERE k.author = ? AND k.post = ? ORDER BY k.rowid DESC LIMIT 1`);
  // A persona has 53 characters; the newest comes last and stays.
  const some = db.prepare<Row>(`SELECT ${columns} FROM json_each(?) j CROSS JOIN kept k ON k.author = substr(j.value, 1, 53) AND k.post = substr(j.value, 55) ORDER BY k.rowid`);
  const beside = `SELECT ${columns}, k.at_most, k.under, k.lane, p.lane AS post_lane FROM kept k LEFT JOIN posts p ON p.persona = k.keeper AND p.key = k.under WHERE k.keeper = ?`;
  const under = db.prepare<UnderRow>(`${beside} AND k.under = ?`);
  const stray = db.prepare<UnderRow>(`${beside} AND p.lane IS NOT k.lane`);
  const gone = makeLately<{ persona: string; key: string }>();
  const whole = ({ at_most: atMost, lane, post_lane: of, ...row }: UnderRow): KeptUnder =>
    ({ ...row, atMost, audience: lanes.of(lane).audience, of: of === null ? null : lanes.of(of).audience });
  return {
    apply: ({ persona, key, op, audience, author, body }) => {
      if (op === 'remove' || body === null) {
        const had = drop.get(persona, key);
        if (!had) return;
        gone.keep(`${persona}/${key}`, { persona: had.author, key: had.post });
        return;
      }
      const { createdAt, post, under: of, audience: atMost, root, replyTo } = JSON.parse(body) as ReplyBody;
      put.run(persona, key, author ?? persona, post, createdAt, `${root.persona}/${root.key}`, of, atMost, lanes.refOf(persona, audience), `${replyTo.persona}/${replyTo.key}`);
    },
    of: (author, post) => { const row = named.get(author, post); return row ? { ...row } : null; },
    among: (posts) => new Map(some.all(JSON.stringify(posts)).map((row) => [`${row.author}/${row.post}`, { ...row }])),
    under: (keeper, post) => under.all(keeper, post).map(whole),
    stray: (keeper) => stray.all(keeper).map(whole),
    lately: (keeper, record) => gone.get(`${keeper}/${record}`) ?? null,
  };
}
