import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Member } from './members.ts';

/** Whom a service knows: where its members are. What they keep lies in their pods. */
export interface Roster {
  /** Puts somebody in, or anew; answers the number that stands for them in other tables. */
  keep(member: Member): number;
  forget(member: Pick<Member, 'house' | 'persona'>): void;
  members(): Member[];
}

/** Opens `name.db` in a folder. No WAL, and what is deleted is overwritten: whoever is forgotten is gone at once, and stands nowhere else. */
export function openDatabase(folder: string, name: string): DatabaseSync {
  const db = new DatabaseSync(join(folder, `${name}.db`));
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;');
  return db;
}

/** A roster in a table `members`; other tables may refer to its `id`, ON DELETE CASCADE. */
export function makeRoster(db: DatabaseSync): Roster {
  db.exec('CREATE TABLE IF NOT EXISTS members (id INTEGER PRIMARY KEY, house TEXT NOT NULL, persona TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (house, persona)) STRICT;');
  const put = db.prepare('INSERT INTO members (house, persona, version) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version RETURNING id');
  const drop = db.prepare('DELETE FROM members WHERE house = ? AND persona = ?');
  const all = db.prepare('SELECT house, persona, version FROM members ORDER BY id');
  return {
    keep: ({ house, persona, version }) => (put.get(house, persona, version) as { id: number }).id,
    forget: ({ house, persona }) => { drop.run(house, persona); },
    members: () => all.all() as unknown as Member[],
  };
}
