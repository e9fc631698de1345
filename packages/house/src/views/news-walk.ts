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
    const heard = new Map<string, boolean>();
    const known = (actor: string): boolean => heard.get(actor) ?? keep(heard, actor, hears(owner, actor));
    const found: Piece[] = [];
    const rest = inOrder(ask, deps, owner, known);
    const at = (i: number): Piece | undefined => {
      while (i >= found.length) {
        const next = rest.next();
        if (next.done) return undefined;
        const { piece, there } = next.value;
        if (mayRead(owner, piece) && (isGrouped(piece.kind) ? there : isThere(owner, piece))) found.push(piece);
      }
      return found[i];
    };
    return { owner, at, hears: known };
  };
  return {
    piecesOf,
    /** Is this one for the owner to see, wherever it stands? */
    visible: (owner: string, row: Piece): boolean => hears(owner, row.actor) && mayRead(owner, row) && isThere(owner, row),
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
  const own = new Set<string>();
  const tops = chunked((before) => {
    const rows = ask.tops.all(owner, before, CHUNK).map(asPiece);
    const keys = rows.filter(({ kind }) => isGrouped(kind)).map(({ post }) => named(post)[1]);
    for (const { key } of keys.length === 0 ? [] : ask.own.all(owner, JSON.stringify(keys))) if (!port.isHidden(owner, owner, key)) own.add(`${owner}/${key}`);
    return rows;
  });
  const polls = chunked((before) => ask.polls.all(owner, before < now ? before : now, CHUNK).map(asPiece));
  const moved: Piece[] = [];
  for (;;) {
    const [next] = [tops, polls, atEnd(moved)].filter(({ head }) => head() !== undefined).toSorted((a, b) => (a.head()!.place > b.head()!.place ? -1 : 1));
    if (!next) return;
    const piece = next.take();
    if (hears(piece.actor)) yield { piece, there: own.has(piece.post ?? '') };
    else if (isGrouped(piece.kind)) {
      const other = ask.others.all(piece.kind, piece.post ?? '').find(({ actor }) => hears(actor));
      if (other) { moved.push({ ...piece, ...other }); moved.sort((a, b) => (a.place > b.place ? 1 : -1)); }
    }
  }
}

interface Stream { head(): Piece | undefined; take(): Piece }

/** Rows that are read a chunk at a time. */
function chunked(read: (before: string) => Piece[]): Stream {
  let rows = read(LAST), i = 0;
  const head = (): Piece | undefined => {
    if (i === CHUNK) { rows = read(rows.at(-1)!.place); i = 0; }
    return rows[i];
  };
  return { head, take: () => { const row = head()!; i++; return row; } };
}

/** The last ones first. */
const atEnd = (rows: Piece[]): Stream => ({ head: () => rows.at(-1), take: () => rows.pop()! });

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

type Row = readonly [place: string, kind: NewsKind, actor: string, post: string | null, lane: number | null];
const asPiece = ([place, kind, actor, post, lane]: Row): Piece => ({ place, kind, actor, post, lane });

// Polls are news for who asked and who voted, from the moment when they end.
function queries(db: Sqlite) {
  const ended = "SELECT place, 'poll' AS kind, persona AS actor, name AS post, lane FROM polls WHERE place < ?2";
  return {
    tops: db.prepareTuples<Row>('SELECT place, kind, actor, post, lane FROM news INDEXED BY news_tops WHERE top = 1 AND owner = ? AND place < ? ORDER BY place DESC LIMIT ?'),
    polls: db.prepareTuples<Row>(`${ended} AND persona = ?1 UNION ALL ${ended} AND name IN (SELECT post FROM marks WHERE persona = ?1 AND kind = 'vote') ORDER BY place DESC LIMIT ?3`),
    others: db.prepare<Pick<Piece, 'place' | 'actor'>>(`SELECT place, actor FROM news INDEXED BY news_reactions WHERE kind IN ('like', 'boost') AND kind = ? AND post = ? ORDER BY place DESC`),
    own: db.prepare<{ key: string }>('SELECT key FROM posts WHERE persona = ? AND key IN (SELECT value FROM json_each(?))'),
    there: db.prepare<{ lane: number }>('SELECT lane FROM posts WHERE persona = ? AND key = ?'),
  };
}
