import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Member } from '@commonhold/sdk/service';
import type { Fact } from './types.ts';

/** A line about somebody, as far as the book may have it. */
export interface Line { kind: Fact['kind']; value: string; audience: string }

/** The book: an index of lines that lie in people's pods. What it finds is looked up there before it is shown. */
export interface Store extends Disposable {
  /** Puts somebody in, or anew, with these lines and no others. */
  list(member: Member, lines: readonly Line[]): void;
  forget(of: Pick<Member, 'house' | 'persona'>): void;
  /** Who has such a line: names and interests by their beginning, the rest whole. `open`: only lines for everyone. */
  find(kind: Fact['kind'], value: string, open: boolean, most: number): Member[];
  members(): Member[];
}

/** How values are compared: without case, accents and spaces around. */
export const folded = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en').trim();

/** Opens `address-book.db` in a folder. */
export function openStore(folder: string): Store {
  const db = new DatabaseSync(join(folder, 'address-book.db'));
  // No WAL: whoever is forgotten is overwritten at once, and nowhere else.
  db.exec(`PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;
    CREATE TABLE IF NOT EXISTS members (id INTEGER PRIMARY KEY, house TEXT NOT NULL, persona TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (house, persona)) STRICT;
    CREATE TABLE IF NOT EXISTS lines (kind TEXT NOT NULL, folded TEXT NOT NULL, open INTEGER NOT NULL, member INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
      PRIMARY KEY (kind, folded, member)) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS lines_of ON lines (member);`);
  const put = db.prepare('INSERT INTO members (house, persona, version) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version RETURNING id');
  const clear = db.prepare('DELETE FROM lines WHERE member = ?');
  const add = db.prepare('INSERT INTO lines VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET open = max(open, excluded.open)');
  const drop = db.prepare('DELETE FROM members WHERE house = ? AND persona = ?');
  const all = db.prepare('SELECT house, persona, version FROM members ORDER BY id');
  const whole = db.prepare('SELECT house, persona, version FROM lines JOIN members ON id = member WHERE kind = ? AND folded = ? AND open >= ? LIMIT ?');
  const begun = db.prepare('SELECT DISTINCT house, persona, version FROM lines JOIN members ON id = member WHERE kind = ? AND folded >= ? AND folded < ? AND open >= ? LIMIT ?');
  return {
    list: (member, lines) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const { id } = put.get(member.house, member.persona, member.version) as { id: number };
        clear.run(id);
        for (const { kind, value, audience } of lines) add.run(kind, folded(value), audience === 'everyone' ? 1 : 0, id);
        db.exec('COMMIT');
      } catch (error) { db.exec('ROLLBACK'); throw error; }
    },
    forget: ({ house, persona }) => { drop.run(house, persona); },
    find: (kind, value, open, most) => {
      const wanted = folded(value);
      if (wanted === '') return [];
      const least = open ? 1 : 0;
      return (kind === 'name' || kind === 'interest' ? begun.all(kind, wanted, `${wanted}\u{10ffff}`, least, most) : whole.all(kind, wanted, least, most)) as unknown as Member[];
    },
    members: () => all.all() as unknown as Member[],
    [Symbol.dispose]: () => db.close(),
  };
}
