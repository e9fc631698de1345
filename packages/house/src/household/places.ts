import type { Suite } from '@commonhold/core';
import type { Place, Places } from '../firewall/joining/ports.ts';
import type { Sqlite } from '../sqlite/port.ts';
import { podDeviceKey } from './podDevice.ts';

/** So long the house before has, in ms; and so many at once for one person: what was handed over to a place that is forgotten would be nobody's. */
const KEPT_MS = 90 * 86_400_000, MOST = 200;

/** Over house.db. */
export function makePlaces({ db, suite, secret, clock }: { db: Sqlite; suite: Suite; secret: Uint8Array; clock: () => number }): Places {
  const insert = db.prepare('INSERT INTO places (device, owner, salt, made) VALUES (?,?,?,?)');
  const read = db.prepare<Place>('SELECT device, salt FROM places WHERE device = ? AND owner = ?');
  const erase = db.prepare('DELETE FROM places WHERE device = ?');
  const prune = db.prepare('DELETE FROM places WHERE made < ? OR device IN (SELECT device FROM places WHERE owner = ? ORDER BY made DESC LIMIT -1 OFFSET ?)');
  return {
    make: (owner) => {
      const salt = suite.random(16), device = podDeviceKey(suite, secret, salt);
      db.transaction(() => { prune.run(clock() - KEPT_MS, owner, MOST - 1); insert.run(device, owner, salt, clock()); });
      return { device, salt };
    },
    find: (owner, device) => read.get(device, owner) ?? null,
    drop: (device) => { erase.run(device); },
  };
}
