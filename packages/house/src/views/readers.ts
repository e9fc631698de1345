import type { Sqlite } from '../sqlite/port.ts';
import type { ViewLane } from './lanes.ts';

/** What a reader is asked about: may they read this lane whole, and do they follow whose it is? */
export interface ReaderPort {
  mayRead(reader: string | null, lane: ViewLane): boolean;
  follows(reader: string, persona: string): boolean;
}

/** The lanes that each reader may read, as rows that queries join; kept until a grant, relation or block changes. */
export interface Readers {
  /** The reader's number in `temp.reads`, worked out when first asked. */
  refOf(reader: string | null): number;
  /** True when this reader may read the lane. */
  mayRead(reader: string | null, lane: ViewLane): boolean;
  /** A lane seen for the first time: every kept reader is asked about it. */
  laneAdded(lane: ViewLane): void;
  /** Forgets every verdict. */
  drop(): void;
}

/** The verdicts live in a temporary table of this connection: in memory, never in the file. */
export function makeReaders(db: Sqlite, lanes: () => Iterable<ViewLane>, port: ReaderPort): Readers {
  db.exec(`PRAGMA temp_store=MEMORY;
    CREATE TEMP TABLE reads (reader INTEGER NOT NULL, lane INTEGER NOT NULL, home INTEGER NOT NULL, PRIMARY KEY (reader, lane)) WITHOUT ROWID;`);
  const add = db.prepare('INSERT OR REPLACE INTO temp.reads VALUES (?, ?, ?)');
  const ask = db.prepare('SELECT 1 AS yes FROM temp.reads WHERE reader = ? AND lane = ?');
  const kept = new Map<string | null, number>();
  let next = 1;
  const judge = (ref: number, reader: string | null, lane: ViewLane) => {
    if (!port.mayRead(reader, lane)) return;
    const home = reader !== null && (reader === lane.persona || port.follows(reader, lane.persona));
    add.run(ref, lane.ref, home ? 1 : 0);
  };
  const refOf = (reader: string | null): number => {
    const had = kept.get(reader);
    if (had !== undefined) return had;
    const ref = next++;
    for (const lane of lanes()) judge(ref, reader, lane);
    kept.set(reader, ref);
    return ref;
  };
  return {
    refOf,
    mayRead: (reader, lane) => ask.get(refOf(reader), lane.ref) !== undefined,
    laneAdded: (lane) => { for (const [reader, ref] of kept) judge(ref, reader, lane); },
    drop: () => {
      if (kept.size === 0) return;
      kept.clear();
      db.exec('DELETE FROM temp.reads');
    },
  };
}
