import type { Sqlite, SqlValue, Statement } from '../sqlite/port.ts';
import type { Window } from './cursor.ts';
import type { LaneTable } from './lanes.ts';
import type { ReaderPort, Readers } from './readers.ts';

/** What to find: all of `phrases`, folded, the last of which may go on where it is `open`; all of `tags`; of one author, null = of anybody. */
export interface Wanted { phrases: readonly string[]; open: boolean; tags: readonly string[]; author: string | null }

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
  const walks = makeWalks(db);
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
      const end = after?.created ?? -1;
      let top = before?.created ?? Number.MAX_SAFE_INTEGER;
      for (const { statement, values, bottom } of walks(wanted, top)) {
        for (let more = true; more;) {
          const most = first - found.length;
          const rows = statement.all(readers.refOf(reader), reader ?? '', top, Math.max(end, bottom), most, ...values);
          found.push(...rows.flatMap(seen(reader)));
          if (found.length >= first) return found;
          more = rows.length === most;
          top = more ? rows.at(-1)![0] : bottom + 1;
        }
        if (bottom <= end) break;
      }
      return found;
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

/** What is walked, and how many conditions there are of each kind. */
interface Shape { walk: 'words' | 'tags' | 'author' | 'newest'; tags: number; author: boolean; phrases: number }

/** Of what lies above its `bottom`. */
interface Walk { statement: Statement<Row>; values: SqlValue[]; bottom: number }

/** Says how to find what is wanted below a place: one walk after another, each down to where the next begins. */
function makeWalks(db: Sqlite): (wanted: Wanted, top: number) => Walk[] {
  const shapes = new Map<string, Statement<Row>>();
  const shaped = (shape: Shape): Statement<Row> => {
    const name = Object.values(shape).join();
    const statement = shapes.get(name) ?? db.prepareTuples<Row>(sqlFor(shape));
    shapes.set(name, statement);
    return statement;
  };
  const matchOf = makeMatch(db);
  const written = db.prepare<{ n: number }>('SELECT count(*) AS n FROM (SELECT 1 FROM entries INDEXED BY entries_author WHERE author = ? LIMIT ?)');
  const isSoonRead = (author: string): boolean => written.get(author, SOON_READ + 1)!.n <= SOON_READ;
  const walked = (walk: Shape['walk'], wanted: Wanted, match: readonly string[], bottom = -1): Walk => {
    const { phrases, tags, author } = wanted;
    const read = walk === 'author' || walk === 'newest';
    return {
      statement: shaped({ walk, tags: tags.length, author: author !== null, phrases: read ? phrases.length : 0 }),
      values: [...match, ...tags, ...(author === null ? [] : [author]), ...(read ? needlesOf(wanted) : [])], bottom,
    };
  };
  const lately = db.prepare<{ id: number }>(`SELECT id FROM entries WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ${LATELY}`);
  return (wanted, top) => {
    const { phrases, author } = wanted;
    if (author !== null && (phrases.length === 0 || isSoonRead(author))) return [walked('author', wanted, [])];
    if (phrases.length === 0) return [walked('tags', wanted, [])];
    const { match, dear } = matchOf(wanted);
    const all = walked('words', wanted, [match]);
    return dear && author === null ? [walked('newest', wanted, [], lately.get(top)?.id), all] : [all];
  };
}

/** Posts of one author of which the words are read sooner than the index is asked for everybody's. */
const SOON_READ = 2000;
const MOST_ENDINGS = 8;
/** Where many words begin so, most pages are full after so many of the newest entries. */
const LATELY = 200;

/**
 * Makes what is asked of the index. Where few words begin as the last one does, each of them is asked for: that stops when a page is full.
 * Of many the index first puts together all that begin so, which is `dear`.
 */
function makeMatch(db: Sqlite): (wanted: Wanted) => { match: string; dear: boolean } {
  db.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'instance')");
  const next = db.prepare<{ term: string }>('SELECT term FROM temp.vocabulary WHERE term >= ? LIMIT 1');
  const endingsOf = (beginning: string): string[] => {
    const found: string[] = [];
    for (let from = beginning; found.length <= MOST_ENDINGS; from = `${found.at(-1)!}\u0001`) {
      const term = next.get(from)?.term;
      if (!term?.startsWith(beginning)) break;
      found.push(term);
    }
    return found;
  };
  const openOf = (phrase: string): { match: string; dear: boolean } => {
    const endings = phrase.includes(' ') ? [] : endingsOf(phrase);
    if (endings.length > 0 && endings.length <= MOST_ENDINGS) return { match: `(${endings.map((word) => `"${word}"`).join(' OR ')})`, dear: false };
    return { match: `"${phrase}" *`, dear: endings.length > 0 || phrase.includes(' ') };
  };
  return ({ phrases, open }) => {
    const whole = (open ? phrases.slice(0, -1) : phrases).map((phrase) => `"${phrase}"`);
    if (!open) return { match: whole.join(' AND '), dear: false };
    const { match, dear } = openOf(phrases.at(-1)!);
    return { match: [...whole, match].join(' AND '), dear };
  };
}

// Words lie folded with a space between them, as phrases do.
const needlesOf = ({ phrases, open }: Wanted): string[] => phrases.map((phrase, i) => ` ${phrase}${open && i === phrases.length - 1 ? '' : ' '}`);

const FROM = {
  words: 'words w CROSS JOIN entries e ON e.id = w.rowid', tags: 'tags t CROSS JOIN entries e ON e.id = t.id', author: 'entries e INDEXED BY entries_author', newest: 'entries e NOT INDEXED',
};
const WALKED = { words: 'w.rowid', tags: 't.id', author: 'e.id', newest: 'e.id' };

// What narrows most is walked, newest first, and the reader's lanes are looked up for each: `id` sorts by time in all of them.
// CROSS JOIN keeps SQLite from starting at the lanes. To whoever asks for one author, a mute is no wish not to find them.
function sqlFor({ walk, tags, author, phrases }: Shape): string {
  let next = 6;
  const walked = WALKED[walk];
  const conditions = [
    `${walked} < CAST(?3 AS INTEGER) AND ${walked} > CAST(?4 AS INTEGER)`, author ? 'r.quiet >= 0' : 'r.quiet = 0',
    // One's own answer that another keeps is found among one's own.
    '(e.owner = e.author OR e.author <> ?2)',
    ...(walk === 'words' ? [`words MATCH ?${next++}`] : []),
    ...Array.from({ length: tags }, (_, i) => (walk === 'tags' && i === 0 ? `t.tag = ?${next++}` : `EXISTS (SELECT 1 FROM tags x WHERE x.tag = ?${next++} AND x.id = e.id)`)),
    // Of many hits few are this author's: that is asked of a list of theirs before anything else is looked up.
    ...(author ? [walk === 'words' ? `+w.rowid IN (SELECT id FROM entries INDEXED BY entries_author WHERE author = ?${next++})` : `e.author = ?${next++}`] : []),
    ...Array.from({ length: phrases }, () => `instr(' ' || w.text || ' ', ?${next++}) > 0`),
  ];
  return `SELECT e.id, e.lane, e.author, e.key, e.record FROM ${FROM[walk]} CROSS JOIN temp.reads r ON r.reader = ?1 AND r.lane = e.lane
    ${phrases > 0 ? 'CROSS JOIN words w ON w.rowid = e.id' : ''} WHERE ${conditions.join(' AND ')} ORDER BY ${walked} DESC LIMIT ?5`;
}
