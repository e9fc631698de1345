import type { Sqlite } from '../sqlite/port.ts';

/** What somebody chose about being found from outside: by search engines, and on the front page of the house. Neither opens anything. */
export interface FaceChoice { listed: boolean; front: boolean }

/** The choices of everybody. */
export interface Faces {
  /** Neither, until they say otherwise. */
  of(persona: string): FaceChoice;
  set(persona: string, choice: FaceChoice): void;
}

const NEITHER: FaceChoice = Object.freeze({ listed: false, front: false });

/** Over house.db: whoever leaves takes theirs along. */
export function makeFaces(db: Sqlite): Faces {
  const read = db.prepare<{ listed: number; front: number }>('SELECT listed, front FROM faces WHERE persona = ?');
  const write = db.prepare('INSERT INTO faces (persona, listed, front) VALUES (?, ?, ?) ON CONFLICT (persona) DO UPDATE SET listed = excluded.listed, front = excluded.front');
  return {
    of: (persona) => {
      const row = read.get(persona);
      return row ? { listed: row.listed === 1, front: row.front === 1 } : NEITHER;
    },
    set: (persona, { listed, front }) => { write.run(persona, listed ? 1 : 0, front ? 1 : 0); },
  };
}
