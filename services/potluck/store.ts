import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Member } from '@commonhold/sdk/service';

/** All that Potluck keeps itself: who its members are. What they plan lies in their pods. */
export interface Store extends Disposable {
  keep(member: Member): void;
  forget(member: Pick<Member, 'house' | 'persona'>): void;
  members(): Member[];
}

/** Opens `potluck.db` in a folder. */
export function openStore(folder: string): Store {
  const db = new DatabaseSync(join(folder, 'potluck.db'));
  // No WAL: whoever is forgotten is overwritten at once, and nowhere else.
  db.exec(`PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS members (house TEXT NOT NULL, persona TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (house, persona)) STRICT;`);
  const put = db.prepare('INSERT INTO members VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version');
  const drop = db.prepare('DELETE FROM members WHERE house = ? AND persona = ?');
  const all = db.prepare('SELECT house, persona, version FROM members ORDER BY house, persona');
  return {
    keep: ({ house, persona, version }) => { put.run(house, persona, version); },
    forget: ({ house, persona }) => { drop.run(house, persona); },
    members: () => all.all() as unknown as Member[],
    [Symbol.dispose]: () => db.close(),
  };
}
