import type { Sqlite } from '../sqlite/port.ts';
import type { Likers, NewsDeps, NewsKind, NewsRef, NewsRow } from './news-types.ts';

/** After every place: places begin with hexadecimal digits. */
export const LAST = 'z';
const CHUNK = 100;
const NAMED = 3;

type Row = Omit<NewsRow, 'owner'>;

/** The beginning of the last place of a moment (ms). */
export const nowPlace = (now: number): string => `${now.toString(16).padStart(12, '0')}ffff`;

/** Who, each once, in the order of the rows. */
export function distinct(rows: readonly Pick<Row, 'actor'>[]): Likers {
  const who = [...new Set(rows.map(({ actor }) => actor))];
  return { who: who.slice(0, NAMED), more: Math.max(0, who.length - NAMED) };
}

const isGrouped = (kind: NewsKind): boolean => kind === 'like' || kind === 'boost';

/** What is told to one owner before a place, newest first: read as far as anybody looks, and each judged once however many look. */
interface Rows { owner: string; at(i: number): Row | undefined; visible(i: number): boolean }

/** Goes through what is for somebody to see, newest first; the likes of a post are one, and so are its boosts. */
export function makeNewsWalk(db: Sqlite, deps: NewsDeps) {
  const ask = queries(db);
  const { hears, visible } = filter(deps, ask);
  const rowsOf = (owner: string, before: string | null): Rows => {
    const rows: Row[] = [];
    const verdicts: boolean[] = [];
    let whole = false;
    const at = (i: number): Row | undefined => {
      if (i >= rows.length && !whole) {
        const found = ask.before.all(owner, rows.at(-1)?.place ?? before ?? LAST, CHUNK, nowPlace(deps.port.now()));
        for (const [place, kind, actor, post, lane] of found) rows.push({ place, kind, actor, post, lane });
        whole = found.length < CHUNK;
      }
      return rows[i];
    };
    return { owner, at, visible: (i) => (verdicts[i] ??= visible(owner, rows[i]!)) };
  };
  // Whether a row is for the owner to see is asked of those that are looked at, and of the first of its post alone.
  const shown = function* (rows: Rows, kinds: ReadonlySet<string> | null): Generator<Row> {
    const grouped = new Set<string>();
    for (let i = 0, row = rows.at(0); row; row = rows.at(++i)) {
      const name = `${row.kind} ${row.post}`;
      if (kinds?.has(row.kind) === false || grouped.has(name) || !rows.visible(i)) continue;
      if (isGrouped(row.kind)) grouped.add(name);
      yield row;
    }
  };
  const group = (owner: string, row: Row): NewsRef | null => {
    const { kind, place, actor, post } = row;
    if (!isGrouped(kind)) return { kind, place, who: [actor], more: 0, post };
    const others = ask.others.all(kind, post ?? '').filter((one) => hears(owner, one.actor));
    // A post whose newest like is newer than this one has been told of there.
    return others[0]?.place === place ? { kind, place, ...distinct(others), post } : null;
  };
  const page = (rows: Rows, kinds: ReadonlySet<string>, first: number): NewsRef[] => {
    const found: NewsRef[] = [];
    for (const row of shown(rows, kinds)) {
      const ref = group(rows.owner, row);
      if (ref && found.push(ref) === first) break;
    }
    return found;
  };
  const newest = (rows: Rows): string => (shown(rows, null).next() as IteratorResult<Row, undefined>).value?.place ?? '';
  /** How many pieces lie after a place, at most so many: from the newest on, the first row of a post is the newest of it. */
  const count = (rows: Rows, after: string, kinds: ReadonlySet<string>, most: number): number => {
    let n = 0;
    for (const { place } of shown(rows, kinds)) if (place <= after || ++n === most) break;
    return n;
  };
  return { rowsOf, page, newest, visible, count };
}

const named = (post: string | null): [string, string] => [post?.slice(0, post.indexOf('/')) ?? '', post?.slice(post.indexOf('/') + 1) ?? ''];

function filter({ lanes, readers, port }: NewsDeps, { there }: ReturnType<typeof queries>): { hears(owner: string, actor: string): boolean; visible(owner: string, row: Row): boolean } {
  // What the owner has made themselves is theirs whether or not they could see themselves.
  const hears = (owner: string, actor: string) => owner === actor || (!port.apart(owner, actor) && port.mutedUntil(owner, actor) <= port.now());
  const isThere = (owner: string, { kind, post }: Row): boolean => {
    if (post !== null && port.isHidden(owner, ...named(post))) return false;
    if (!isGrouped(kind) && kind !== 'quote') return true;
    const found = there.get(...named(post));
    return found !== undefined && (kind !== 'quote' || readers.mayRead(owner, lanes.of(found.lane)));
  };
  return { hears, visible: (owner, row) => hears(owner, row.actor) && (row.lane === null || readers.mayRead(owner, lanes.of(row.lane))) && isThere(owner, row) };
}

// Polls are news for who asked and who voted, from the moment when they end.
function queries(db: Sqlite) {
  const ended = "SELECT place, 'poll' AS kind, persona AS actor, name AS post, lane FROM polls";
  return {
    before: db.prepareTuples<readonly [place: string, kind: NewsKind, actor: string, post: string | null, lane: number | null]>(`SELECT place, kind, actor, post, lane FROM news WHERE owner = ?1 AND place < ?2
      UNION ALL ${ended} WHERE persona = ?1 AND place < min(?2, ?4)
      UNION ALL ${ended} WHERE place < min(?2, ?4) AND name IN (SELECT post FROM marks WHERE persona = ?1 AND kind = 'vote')
      ORDER BY place DESC LIMIT ?3`),
    others: db.prepare<Pick<Row, 'place' | 'actor'>>(`SELECT place, actor FROM news INDEXED BY news_reactions WHERE kind IN ('like', 'boost') AND kind = ? AND post = ? ORDER BY place DESC`),
    there: db.prepare<{ lane: number }>('SELECT lane FROM posts WHERE persona = ? AND key = ?'),
  };
}
