import type { Sqlite } from '../sqlite/port.ts';

/** A service that the stewards recommend: its contract as they looked at it. `at` in ms. */
export interface Shelved { service: string; hash: string; contract: string; rotations: string; address: string | null; note: string | null; at: number }

/** The shelf of a house. */
export interface Shelf { all(): Shelved[]; put(one: Omit<Shelved, 'at'>): void; drop(service: string): void; /** What is not named comes after. */ order(services: readonly string[]): void }

/** Over house.db. */
export function makeShelf(db: Sqlite, clock: () => number): Shelf {
  const all = db.prepare<Shelved>('SELECT service, hash, contract, rotations, address, note, at FROM shelf ORDER BY place, at DESC, service');
  const put = db.prepare(`INSERT INTO shelf (service, hash, contract, rotations, address, note, at) VALUES (?,?,?,?,?,?,?) ON CONFLICT (service)
    DO UPDATE SET hash = excluded.hash, contract = excluded.contract, rotations = excluded.rotations, address = excluded.address, note = excluded.note`);
  const drop = db.prepare('DELETE FROM shelf WHERE service = ?');
  const move = db.prepare('UPDATE shelf SET place = ? WHERE service = ?');
  return {
    all: () => all.all(),
    put: ({ service, hash, contract, rotations, address, note }) => { put.run(service, hash, contract, rotations, address, note, clock()); },
    drop: (service) => { drop.run(service); },
    order: (services) => db.transaction(() => { for (const [i, { service }] of all.all().entries()) move.run(services.includes(service) ? services.indexOf(service) : services.length + i, service); }),
  };
}
