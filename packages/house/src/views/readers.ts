import type { Sqlite } from '../sqlite/port.ts';
import type { ViewLane } from './lanes.ts';

/** What a reader is asked about: may they read this lane whole, and what is whose it is to them? */
export interface ReaderPort {
  mayRead(reader: string | null, lane: ViewLane): boolean;
  follows(reader: string, persona: string): boolean;
  /** Does one of the two block the other? */
  apart(one: string, other: string): boolean;
  /** Until when (ms) the reader has muted the persona; 0 for not at all. */
  mutedUntil(reader: string, persona: string): number;
  /** Does the house keep this post from the reader? */
  isHidden(reader: string, persona: string, key: string): boolean;
  now(): number;
}

/** The lanes that each reader may read, as rows that queries join; kept until a grant, relation or block changes. */
export interface Readers {
  /** The reader's number in `temp.reads`, worked out when first asked. */
  refOf(reader: string | null): number;
  /** What each lane is to the reader, by its number: `READS`, `HOME` and `QUIET` together. */
  marksOf(reader: string | null): Uint8Array;
  /** Whose posts come to the reader's home. */
  homeOf(reader: string): ReadonlySet<string>;
  /** True when this reader may read the lane. */
  mayRead(reader: string | null, lane: ViewLane): boolean;
  /** True when they may, and want to be shown it: they have not muted whose it is. */
  shows(reader: string | null, lane: ViewLane): boolean;
  /** A lane seen for the first time: every kept reader is asked about it. */
  laneAdded(lane: ViewLane): void;
  /** Forgets every verdict. */
  drop(): void;
}

/** The reader may read it; it comes to their home; they have muted whose it is. */
export const READS = 1, HOME = 2, QUIET = 4;

/** `until`: when a mute among the verdicts ends by itself; `home`: whose posts come to their home; `marks`: one byte for each lane. */
interface Kept { ref: number; until: number; home: Set<string>; marks: Uint8Array }

const MORE_LANES = 512;

/** The verdicts live in memory, as bytes and, for queries that join them, in a temporary table of this connection; never in the file. */
export function makeReaders(db: Sqlite, lanes: () => Iterable<ViewLane>, port: ReaderPort): Readers {
  db.exec(`CREATE TEMP TABLE reads (reader INTEGER NOT NULL, lane INTEGER NOT NULL, home INTEGER NOT NULL, quiet INTEGER NOT NULL, PRIMARY KEY (reader, lane)) WITHOUT ROWID;`);
  const add = db.prepare('INSERT OR REPLACE INTO temp.reads VALUES (?, ?, ?, ?)');
  const forget = db.prepare('DELETE FROM temp.reads WHERE reader = ?');
  const kept = new Map<string | null, Kept>();
  let next = 1;
  const judge = (held: Kept, reader: string | null, lane: ViewLane) => {
    if (!port.mayRead(reader, lane)) return;
    const until = reader === null ? 0 : port.mutedUntil(reader, lane.persona);
    const quiet = until > port.now();
    if (quiet) held.until = Math.min(held.until, until);
    const home = reader !== null && !quiet && (reader === lane.persona || port.follows(reader, lane.persona));
    if (home) held.home.add(lane.persona);
    add.run(held.ref, lane.ref, home ? 1 : 0, quiet ? 1 : 0);
    mark(held, lane.ref, READS | (home ? HOME : 0) | (quiet ? QUIET : 0));
  };
  const keptOf = (reader: string | null): Kept => {
    const had = kept.get(reader);
    if (had && port.now() < had.until) return had;
    if (had) forget.run(had.ref);
    const held: Kept = { ref: next++, until: Infinity, home: new Set(), marks: new Uint8Array(MORE_LANES) };
    for (const lane of lanes()) judge(held, reader, lane);
    kept.set(reader, held);
    return held;
  };
  const markOf = (reader: string | null, lane: ViewLane): number => keptOf(reader).marks[lane.ref] ?? 0;
  return {
    refOf: (reader) => keptOf(reader).ref,
    marksOf: (reader) => keptOf(reader).marks,
    homeOf: (reader) => keptOf(reader).home,
    mayRead: (reader, lane) => (markOf(reader, lane) & READS) !== 0,
    shows: (reader, lane) => (markOf(reader, lane) & (READS | QUIET)) === READS,
    laneAdded: (lane) => { for (const [reader, held] of kept) judge(held, reader, lane); },
    drop: () => {
      if (kept.size === 0) return;
      kept.clear();
      db.exec('DELETE FROM temp.reads');
    },
  };
}

function mark(held: Kept, lane: number, marks: number): void {
  if (lane >= held.marks.length) {
    const longer = new Uint8Array(lane + MORE_LANES);
    longer.set(held.marks);
    held.marks = longer;
  }
  held.marks[lane] = marks;
}
