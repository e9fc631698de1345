import type { Sqlite, SqlValue, Statement } from '../sqlite/port.ts';
import type { Window } from './cursor.ts';
import type { LaneTable } from './lanes.ts';
import type { ReaderPort, Readers } from './readers.ts';

/** What to find: `match` in the language of the index, all of `tags`, of one author; null = whatever. */
export interface Wanted { match: string | null; tags: readonly string[]; author: string | null }

/** Something found. `created` and `key` are its place among what was found, `post` its key among its author's posts. */
export interface FoundRef { persona: string; post: string; created: number; key: string; kept: { keeper: string; record: string } | null }

/** Posts and kept replies by what is in them, each reader finding their own part. */
export interface SearchView {
  /** Newest first; nobody's whom the reader has muted, but where the reader asked for them. */
  find(reader: string | null, wanted: Wanted, window: Window): FoundRef[];
  /** Tags that begin so and stand in something that the reader may find, in alphabetical order. */
  tags(reader: string, start: string, most: number): string[];
}

type Row = readonly [id: number, lane: number, author: string, key: string, record: string];
interface Deps { lanes: LaneTable; readers: Readers; port: ReaderPort }

/** The view of what can be found over `views.db`. */
export function makeSearchView(db: Sqlite, { lanes, readers, port }: Deps): SearchView {
  const shapes = new Map<string, Statement<Row>>();
  const shaped = ({ match, tags, author }: Wanted): Statement<Row> => {
    const name = `${match === null ? 0 : 1}/${tags.length}/${author === null ? 0 : 1}`;
    const statement = shapes.get(name) ?? db.prepareTuples<Row>(sqlFor(match !== null, tags.length, author !== null));
    shapes.set(name, statement);
    return statement;
  };
  const tag = db.prepare<{ tag: string }>(`SELECT t.tag FROM tags t CROSS JOIN entries e ON e.id = t.id CROSS JOIN temp.reads r ON r.reader = ?1 AND r.lane = e.lane
    WHERE t.tag >= ?2 AND t.tag < ?3 AND r.quiet = 0 AND e.owner = e.author ORDER BY t.tag LIMIT 1`);
  // A lane says whose record it is, not who wrote it: where two are apart, nobody hands on what one of them said to the other, or to the reader.
  const hears = (reader: string | null, author: string, keeper: string): boolean =>
    author === keeper || !(port.apart(keeper, author) || (reader !== null && (port.apart(reader, author) || port.mutedUntil(reader, author) > port.now())));
  const seen = (reader: string | null) => ([id, lane, author, key, record]: Row): FoundRef[] => {
    const { persona: keeper } = lanes.of(lane);
    if (!hears(reader, author, keeper)) return [];
    return [{ persona: author, post: key, created: id, key: '-', kept: author === keeper ? null : { keeper, record: record.slice(record.indexOf('/') + 1) } }];
  };
  return {
    find: (reader, wanted, { before, after, first }) => {
      const found: FoundRef[] = [];
      for (let top = before?.created ?? Number.MAX_SAFE_INTEGER; ;) {
        const most = first - found.length;
        const rows = shaped(wanted).all(readers.refOf(reader), reader ?? '', top, after?.created ?? -1, most, ...bound(wanted));
        found.push(...rows.flatMap(seen(reader)));
        if (rows.length < most || found.length >= first) return found;
        top = rows.at(-1)![0];
      }
    },
    tags: (reader, start, most) => {
      const found: string[] = [];
      const end = `${start}\u{10FFFF}`;
      for (let from = start; found.length < most;) {
        const next = tag.get(readers.refOf(reader), from, end)?.tag;
        if (next === undefined) break;
        found.push(next);
        from = `${next}\u0001`;
      }
      return found;
    },
  };
}

const bound = ({ match, tags, author }: Wanted): SqlValue[] => [...(match === null ? [] : [match]), ...tags, ...(author === null ? [] : [author])];

// What narrows most is walked, newest first, and the reader's lanes are looked up for each: `id` sorts by time in all of them.
// CROSS JOIN keeps SQLite from starting at the lanes. To whoever asks for one author, a mute is no wish not to find them.
function sqlFor(match: boolean, tags: number, author: boolean): string {
  let next = 6;
  const byTag = !match && !author && tags > 0;
  const walked = match ? 'w.rowid' : byTag ? 't.id' : 'e.id';
  const from = match ? 'words w CROSS JOIN entries e ON e.id = w.rowid' : byTag ? 'tags t CROSS JOIN entries e ON e.id = t.id'
    : `entries e ${author ? 'INDEXED BY entries_author' : ''}`;
  const conditions = [
    `${walked} < CAST(?3 AS INTEGER) AND ${walked} > CAST(?4 AS INTEGER)`, author ? 'r.quiet >= 0' : 'r.quiet = 0',
    // One's own answer that another keeps is found among one's own.
    '(e.owner = e.author OR e.author <> ?2)',
    ...(match ? [`words MATCH ?${next++}`] : []),
    ...Array.from({ length: tags }, (_, i) => (byTag && i === 0 ? `t.tag = ?${next++}` : `EXISTS (SELECT 1 FROM tags x WHERE x.tag = ?${next++} AND x.id = e.id)`)),
    // Of many hits few are this author's: that is asked of a list of theirs before anything else is looked up.
    ...(author ? [match ? `+w.rowid IN (SELECT id FROM entries INDEXED BY entries_author WHERE author = ?${next++})` : `e.author = ?${next++}`] : []),
  ];
  return `SELECT e.id, e.lane, e.author, e.key, e.record FROM ${from} CROSS JOIN temp.reads r ON r.reader = ?1 AND r.lane = e.lane
    WHERE ${conditions.join(' AND ')} ORDER BY ${walked} DESC LIMIT ?5`;
}
