import type { Sqlite } from '../sqlite/port.ts';

/** A lane as views know it: whose, and for whom. */
export interface ViewLane { ref: number; persona: string; audience: string }

/** The lanes of a view, small enough to be held in memory: a few per person. */
export interface LaneTable {
  /** The lane's number; a lane not seen before is written down. */
  refOf(persona: string, audience: string): number;
  of(ref: number): ViewLane;
  all(): Iterable<ViewLane>;
  /** Everybody who has one. */
  personas(): ReadonlySet<string>;
  /** Reads the table again, after it was emptied. */
  reload(): void;
}

/** `onNew` hears of each lane seen for the first time. */
export function makeLaneTable(db: Sqlite, onNew: (lane: ViewLane) => void): LaneTable {
  const read = db.prepare<{ ref: number; persona: string; audience: string }>('SELECT ref, persona, audience FROM lanes');
  const add = db.prepare('INSERT INTO lanes (persona, audience) VALUES (?, ?)');
  const byRef = new Map<number, ViewLane>();
  const byName = new Map<string, ViewLane>();
  const personas = new Set<string>();
  const hold = (lane: ViewLane): ViewLane => {
    personas.add(lane.persona);
    byRef.set(lane.ref, lane);
    byName.set(`${lane.persona}/${lane.audience}`, lane);
    return lane;
  };
  const reload = () => { byRef.clear(); byName.clear(); personas.clear(); for (const lane of read.all()) hold({ ...lane }); };
  reload();
  return {
    reload,
    refOf: (persona, audience) => {
      const had = byName.get(`${persona}/${audience}`);
      if (had) return had.ref;
      const lane = hold({ ref: add.run(persona, audience).lastInsertRowid, persona, audience });
      onNew(lane);
      return lane.ref;
    },
    of: (ref) => byRef.get(ref) ?? { ref, persona: '', audience: '' },
    all: () => byRef.values(),
    personas: () => personas,
  };
}
