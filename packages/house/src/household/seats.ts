import type { Sqlite } from '../sqlite/port.ts';
import { MIGRATIONS } from './schema.ts';

/** A seat of the house, with the pod that belongs to it: `reserved` while somebody is moving in. */
export interface HeldSeat { persona: string; pod: string; handle: string; state: 'reserved' | 'active'; device: string; keySalt: Uint8Array }

/** Every seat that house.db knows, by handle. The file is only read; errors of SQLite pass through. */
export const readSeats = (db: Sqlite): HeldSeat[] =>
  db.prepare<HeldSeat>('SELECT persona, pod, handle, state, device, key_salt AS keySalt FROM people ORDER BY handle').all();

/** How many steps the schema of house.db has by now. */
export const HOUSE_STEPS = MIGRATIONS.length;
