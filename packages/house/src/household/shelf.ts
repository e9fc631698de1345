import type { Shelf, Shelved } from '../firewall/joining/ports.ts';
import type { Sqlite } from '../sqlite/port.ts';

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
