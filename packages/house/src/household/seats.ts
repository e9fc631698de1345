import type { Sqlite } from '../sqlite/port.ts';
import { MIGRATIONS } from './schema.ts';

/** A seat of the house, with the pod that belongs to it: `reserved` while somebody is moving in. */
export interface HeldSeat {
  persona: string; pod: string; handle: string; state: 'reserved' | 'active'; device: string; keySalt: Uint8Array;
  /** Who they are to single services, in the same pod. */
  pseudonyms: readonly string[];
}

/** Every seat that house.db knows, by handle. The file is only read; errors of SQLite pass through. */
export function readSeats(db: Sqlite): HeldSeat[] {
  // A file of an earlier version has none.
  const has = db.ask("SELECT 1 FROM sqlite_master WHERE name = 'pseudonyms'").length > 0;
  const theirs = Map.groupBy(!has ? [] : db.ask<{ persona: string; owner: string }>('SELECT persona, owner FROM pseudonyms'), ({ owner }) => owner);
  return db.prepare<Omit<HeldSeat, 'pseudonyms'>>('SELECT persona, pod, handle, state, device, key_salt AS keySalt FROM people ORDER BY handle').all()
    .map((seat) => ({ ...seat, pseudonyms: (theirs.get(seat.persona) ?? []).map(({ persona }) => persona) }));
}

/** How many steps the schema of house.db has by now. */
export const HOUSE_STEPS = MIGRATIONS.length;
