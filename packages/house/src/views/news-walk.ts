import type { Sqlite } from '../sqlite/port.ts';
import type { Likers, NewsDeps, NewsKind, NewsRow } from './news-types.ts';

/** After every place: places begin with hexadecimal digits. */
export const LAST = 'z';
const CHUNK = 100;
const NAMED = 3;

/** One piece of news; the likes of a post are one, and so are its boosts: the newest of them stands for all. */
export type Piece = Omit<NewsRow, 'owner'>;

/** What is for one owner to see, newest first: read as far as anybody looks, and each judged once however many look. */
export interface Pieces { owner: string; at(i: number): Piece | undefined; hears(actor: string): boolean }

/** The beginning of the last place of a moment (ms). */
export const nowPlace = (now: number): string => `${now.toString(16).padStart(12, '0')}ffff`;

/** Who, each once, in the order of the rows. */
export function distinct(rows: readonly Pick<Piece, 'actor'>[]): Likers {
  const who = [...new Set(rows.map(({ actor }) => actor))];
  return { who: who.slice(0, NAMED), more: Math.max(0, who.length - NAMED) };
}

/** Is this kind told once for all who did it? */
export const isGrouped = (kind: NewsKind): boolean => kind === 'like' || kind === 'boost';

/** Goes through what is for somebody to see. */
export function makeNewsWalk(db: Sqlite, deps: NewsDeps) {
  const ask = queries(db);
  const { hears, mayRead, isThere } = filter(deps, ask);
  const piecesOf = (owner: string): Pieces => {
    const muted = deps.muted.judge(owner);
    const heard = new Map<string, boolean>();
    const known = (actor: string): boolean => heard.get(actor) ?? keep(heard, actor, hears(owner, actor));
    const found: Piece[] = [];
    const rest = inOrder(ask, deps, owner, known);
    const at = (i: number): Piece | undefined => {
      while (i >= found.length) {
        const next = rest.next();
        if (next.done) return undefined;
        const { piece, there } = next.value;
        if (!muted(piece.post) && mayRead(owner, piece) && (isGrouped(piece.kind) ? there : isThere(owner, piece))) found.push(piece);
      }
      return found[i];
    };
    return { owner, at, hears: known };
  };
  return {
    piecesOf,
    /** Is this one for the owner to see, wherever it stands? */
    visible: (owner: string, row: Piece): boolean => hears(owner, row.actor) && !deps.muted.judge(owner)(row.post) && mayRead(owner, row) && isThere(owner, row),
  };
}

const keep = <K, V>(map: Map<K, V>, key: K, value: V): V => { map.set(key, value); return value; };

const named = (post: string | null): [string, string] => [post?.slice(0, post.indexOf('/')) ?? '', post?.slice(post.indexOf('/') + 1) ?? ''];

type Queries = ReturnType<typeof queries>;

/** A piece whose actor the owner hears; of likes and boosts, whether the owner's post is there. */
interface Found { piece: Piece; there: boolean }

/** Tops and polls by place; where the owner does not hear the newest of a group, the group stands where the newest stands whom they do hear. */
function* inOrder(ask: Queries, { port }: NewsDeps, owner: string, hears: (actor: string) => boolean): Generator<Found> {
  const now = nowPlace(port.now());
  const tops = chunked((before) => ask.tops.all(owner, before, CHUNK).map(asFound));
  const polls = chunked((before) => ask.polls.all(owner, before < now ? before : now, CHUNK).map(asFound));
  const moved: Found[] = [];
  for (;;) {
    const [next] = [tops, polls, atEnd(moved)].filter(({ head }) => head() !== undefined).toSorted((a, b) => (a.head()!.piece.place > b.head()!.piece.place ? -1 : 1));
    if (!next) return;
    const { piece, there } = next.take();
    if (hears(piece.actor)) yield { piece, there: there && !port.isHidden(owner, ...named(piece.post)) };
    else if (isGrouped(piece.kind)) {
      const other = ask.others.all(piece.kind, piece.post ?? '').find(({ actor }) => hears(actor));
      if (other) { moved.push({ piece: { ...piece, ...other }, there }); moved.sort((a, b) => (a.piece.place > b.piece.place ? 1 : -1)); }
    }
  }
}

interface Stream { head(): Found | undefined; take(): Found }

/** Rows that are read a chunk at a time. */
function chunked(read: (before: string) => Found[]): Stream {
  let rows = read(LAST), i = 0;
  const head = (): Found | undefined => {
    if (i === CHUNK) { rows = read(rows.at(-1)!.piece.place); i = 0; }
    return rows[i];
  };
  return { head, take: () => { const row = head()!; i++; return row; } };
}

/** The last ones first. */
const atEnd = (rows: Found[]): Stream => ({ head: () => rows.at(-1), take: () => rows.pop()! });

function filter({ lanes, readers, port }: NewsDeps, { there }: Queries): { hears(owner: string, actor: string): boolean; mayRead(owner: string, row: Piece): boolean; isThere(owner: string, row: Piece): boolean } {
  return {
    // What the owner has made themselves is theirs whether or not they could see themselves.
    hears: (owner, actor) => owner === actor || (!port.apart(owner, actor) && port.mutedUntil(owner, actor) <= port.now()),
    mayRead: (owner, { lane }) => lane === null || readers.mayRead(owner, lanes.of(lane)),
    isThere: (owner, { kind, post }) => {
      if (post !== null && port.isHidden(owner, ...named(post))) return false;
      if (!isGrouped(kind) && kind !== 'quote') return true;
      const found = there.get(...named(post));
      return found !== undefined && (kind !== 'quote' || readers.mayRead(owner, lanes.of(found.lane)));
    },
  };
}

type Row = readonly [place: string, kind: NewsKind, actor: string, post: string | null, lane: number | null, there: number];
const asFound = ([place, kind, actor, post, lane, there]: Row): Found => ({ piece: { place, kind, actor, post, lane }, there: there === 1 });

// Polls are news for who asked and who voted, from the moment when they end.
function queries(db: Sqlite) {
  const ended = "SELECT place, 'poll' AS kind, persona AS actor, name AS post, lane, 0 AS there FROM polls WHERE place < ?2";
  // Likes and boosts are of the owner's posts: whether theirs is there is seen on the way.
  const there = "n.kind IN ('like', 'boost') AND EXISTS (SELECT 1 FROM posts p WHERE p.persona = ?1 AND p.key = substr(n.post, length(?1) + 2))";
  return {
    tops: db.prepareTuples<Row>(`SELECT place, kind, actor, post, lane, ${there} FROM news n INDEXED BY news_tops WHERE top = 1 AND owner = ?1 AND place < ?2 ORDER BY place DESC LIMIT ?3`),
    polls: db.prepareTuples<Row>(`${ended} AND persona = ?1 UNION ALL ${ended} AND name IN (SELECT post FROM marks INDEXED BY marks_voter WHERE persona = ?1 AND kind = 'vote') ORDER BY place DESC LIMIT ?3`),
    others: db.prepare<Pick<Piece, 'place' | 'actor'>>(`SELECT place, actor FROM news INDEXED BY news_reactions WHERE kind IN ('like', 'boost') AND kind = ? AND post = ? ORDER BY place DESC`),
    there: db.prepare<{ lane: number }>('SELECT lane FROM posts WHERE persona = ? AND key = ?'),
  };
}
