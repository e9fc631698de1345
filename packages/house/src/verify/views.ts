import { existsSync } from 'node:fs';
import type { Change } from '../firewall/feed.ts';
import { isSqliteError, type Tell } from '../firewall/verify/damage.ts';
import { migrate } from '../sqlite/migrate.ts';
import { openSqlite, type Sqlite, type SqlRow } from '../sqlite/port.ts';
import { openReadOnly, schemaSteps, unsound } from '../sqlite/read-only.ts';
import { viewMigrations } from '../views/schema.ts';
import { makeViews } from '../views/views.ts';

/** Whose pod is held against the views. */
interface Fed { persona: string; handle: string; pod: string }

/** Holds `views.db` against an index that is made anew from the pods. */
export interface ViewsCheck {
  /** Takes in what one pod says. */
  take(of: Fed, changes: Iterable<Change>): void;
  /** Compares. Whoever lives here and was not taken in cannot be compared. */
  end(residents: ReadonlySet<string>): void;
  /** How many rows of the views were looked at, and how many pods they will catch up with at the next start. */
  tally(): { views: number; behind: number };
  close(): void;
}

/** A table of the views: its rows without what is local to the file, and the one record, of which collection, that a row is made from. */
interface ViewTable { of: readonly string[]; rows: string; record(row: SqlRow): Made; /** Which of the rows that this record makes. */ part?(row: SqlRow): string }
interface Made { persona: string; collection: string; key: string }

const ofKey = (collection: string) => ({ persona, key }: SqlRow): Made => ({ persona: String(persona), collection, key: String(key) });

const TABLES: readonly ViewTable[] = [{
  of: ['microblog.posts'],
  rows: `SELECT t.persona, t.key, t.created, t.root, t.reply, l.persona AS whose, l.audience FROM posts t LEFT JOIN lanes l ON l.ref = t.lane`,
  record: ({ persona, key }) => ({ persona: String(persona), collection: 'microblog.posts', key: String(key) }),
}, {
  of: ['microblog.likes', 'microblog.boosts', 'microblog.bookmarks', 'microblog.votes', 'microblog.mutes'],
  rows: 'SELECT persona, kind, key, post, created, choices FROM marks',
  record: ({ persona, kind, key }) => ({ persona: String(persona), collection: `microblog.${String(kind)}s`, key: String(key) }),
}, {
  of: ['microblog.boosts'],
  rows: 'SELECT t.persona, t.key, t.author, t.post, t.created, l.persona AS whose, l.audience FROM boosts t LEFT JOIN lanes l ON l.ref = t.lane',
  record: ({ persona, key }) => ({ persona: String(persona), collection: 'microblog.boosts', key: String(key) }),
}, {
  of: ['microblog.posts', 'microblog.replies'],
  rows: `SELECT t.owner, t.record, t.author, t.key, w.text, l.persona AS whose, l.audience,
    (SELECT group_concat(tag) FROM (SELECT tag FROM tags g WHERE g.id = t.id ORDER BY tag)) AS tags FROM entries t LEFT JOIN lanes l ON l.ref = t.lane LEFT JOIN words w ON w.rowid = t.id`,
  record: ({ owner, record }) => {
    const [collection = '', ...key] = String(record).split('/');
    return { persona: String(owner), collection: `microblog.${collection}`, key: key.join('/') };
  },
}, {
  of: ['people.profile'],
  rows: 'SELECT persona, name FROM names',
  record: ({ persona }) => ({ persona: String(persona), collection: 'people.profile', key: 'self' }),
}, {
  of: ['microblog.replies'],
  rows: 'SELECT t.keeper, t.record, t.author, t.post, t.created, t.root, t.under, t.at_most, l.persona AS whose, l.audience FROM kept t LEFT JOIN lanes l ON l.ref = t.lane',
  record: ({ keeper, record }) => ({ persona: String(keeper), collection: 'microblog.replies', key: String(record) }),
}, {
  of: ['microblog.post_versions'],
  rows: 'SELECT t.persona, t.key, t.post, l.persona AS whose, l.audience FROM versions t LEFT JOIN lanes l ON l.ref = t.lane',
  record: ({ persona, key }) => ({ persona: String(persona), collection: 'microblog.post_versions', key: String(key) }),
}, {
  of: ['microblog.scheduled'],
  rows: 'SELECT persona, key, due FROM waiting',
  record: ({ persona, key }) => ({ persona: String(persona), collection: 'microblog.scheduled', key: String(key) }),
}, {
  of: ['microblog.posts', 'microblog.replies', 'microblog.reactions', 'people.followers', 'people.requests', 'people.accepted'],
  rows: 'SELECT t.record, t.owner, t.place, t.kind, t.actor, t.post, l.persona AS whose, l.audience FROM news t LEFT JOIN lanes l ON l.ref = t.lane',
  record: ({ record }) => {
    const [service = '', collection = '', persona = '', ...key] = String(record).split('/');
    return { persona, collection: `${service}.${collection}`, key: key.join('/') };
  },
  part: ({ owner }) => String(owner),
}, {
  of: ['microblog.posts'],
  rows: 'SELECT t.persona, t.key, t.created, t.quoted, l.persona AS whose, l.audience FROM quotes t LEFT JOIN lanes l ON l.ref = t.lane',
  record: ofKey('microblog.posts'),
}, {
  of: ['microblog.reactions'], rows: 'SELECT persona, key, post, quoting FROM noted', record: ofKey('microblog.reactions'),
}, {
  of: ['microblog.unquoted'], rows: 'SELECT persona, key, post, quoting FROM withdrawn', record: ofKey('microblog.unquoted'),
}, {
  of: ['microblog.posts'],
  rows: 'SELECT t.persona, substr(t.name, length(t.persona) + 2) AS key, t.place, l.persona AS whose, l.audience FROM polls t LEFT JOIN lanes l ON l.ref = t.lane',
  record: ofKey('microblog.posts'),
}, {
  of: ['microblog.ballots'], rows: 'SELECT persona, key, author, post, at FROM ballots', record: ofKey('microblog.ballots'),
}];

const VIEWED: ReadonlySet<string> = new Set(TABLES.flatMap(({ of }) => of));
const FILE = 'views.db';

/** The check of the views at `path`, or null where there are none to check: they are made when the house starts. */
export function openViewsCheck(path: string, tell: Tell): ViewsCheck | null {
  if (!existsSync(path)) return null;
  const say = (code: string, says: string): null => { tell({ file: FILE, who: null, code, says }); return null; };
  let db: Sqlite | undefined;
  try {
    db = openReadOnly(path);
    if (schemaSteps(db) === viewMigrations.length) {
      const flaw = unsound(db);
      if (flaw === null) return makeViewsCheck(db, tell);
      say('file_damaged', `SQLite says: ${flaw}.`);
    } else say('other_version', 'The views are of another version. Start the house once with this version, then check again.');
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    say('file_damaged', 'The file cannot be read to its end.');
  }
  db?.close();
  return null;
}

function makeViewsCheck(db: Sqlite, tell: Tell): ViewsCheck {
  const fresh = openSqlite(':memory:', { durability: 'normal' });
  migrate(fresh, viewMigrations);
  const { apply } = makeViews(fresh, { mayRead: () => false, follows: () => false, apart: () => false, mutedUntil: () => 0, isHidden: () => false, now: () => 0 });
  const mark = db.prepare<{ pos: number }>('SELECT pos FROM fed WHERE pod = ?');
  const taken = new Map<string, string>();
  const late = new Set<string>();
  let views = 0, behind = 0;
  return {
    take: ({ persona, handle, pod }, changes) => {
      const upTo = mark.get(pod)?.pos ?? 0;
      const known = late.size;
      let last = 0;
      for (const change of changes) {
        last = change.pos;
        const collection = `${change.service}.${change.collection}`;
        if (!VIEWED.has(collection)) continue;
        const name = nameOf({ ...change, collection });
        if (change.pos > upTo) late.add(name);
        // A body that cannot be indexed was told of with its pod.
        try { apply(change); } catch { late.add(name); }
      }
      taken.set(persona, handle);
      if (late.size > known) behind++;
      if (last < upTo) tell({ file: FILE, who: `@${handle}`, code: 'view_ahead', says: 'The views took in more than the pod holds.' });
    },
    end: (residents) => {
      const may = ({ persona }: Made) => taken.has(persona) || !residents.has(persona);
      for (const table of TABLES) {
        views += compare(table, { held: db, made: fresh }, (record, code, says) => {
          const { persona, collection, key } = record;
          if (may(record) && !late.has(nameOf(record))) tell({ file: FILE, who: taken.has(persona) ? `@${taken.get(persona)}` : persona, thing: `${collection} ${key}`, code, says });
        });
      }
    },
    tally: () => ({ views, behind }),
    close: () => { fresh.close(); db.close(); },
  };
}

const nameOf = ({ persona, collection, key }: Made): string => `${collection}/${persona}/${key}`;

/** Tells where a table of the views is not what it would be if it were made anew; answers how many rows it has. */
function compare({ rows, record, part }: ViewTable, { held, made }: { held: Sqlite; made: Sqlite }, say: (of: Made, code: string, says: string) => void): number {
  const rowName = (row: SqlRow) => `${nameOf(record(row))} ${part?.(row) ?? ''}`;
  const missing = new Map(made.prepare<SqlRow>(rows).all().map((row) => [rowName(row), row]));
  let count = 0;
  for (const row of held.prepare<SqlRow>(rows).iterate()) {
    count++;
    const of = record(row);
    const should = missing.get(rowName(row));
    missing.delete(rowName(row));
    if (!should) say(of, 'view_extra', 'The views hold what is not in the pod.');
    else if (Object.keys(row).some((column) => row[column] !== should[column])) say(of, 'view_differs', 'The views say something else than the pod.');
  }
  for (const row of missing.values()) say(record(row), 'view_missing', 'The views lack this record.');
  return count;
}
