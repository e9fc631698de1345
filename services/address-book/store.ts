import type { DatabaseSync } from 'node:sqlite';
import { makeRoster, type Member, type Roster } from '@commonhold/sdk/service';
import type { Fact } from './types.ts';

/** A line about somebody, as far as the book may have it. */
export interface Line { kind: Fact['kind']; value: string; audience: string }

/** The book: an index of lines that lie in people's pods. What it finds is looked up there before it is shown. */
export interface Store extends Pick<Roster, 'forget' | 'members'> {
  /** Puts somebody in, or anew, with these lines and no others. */
  list(member: Member, lines: readonly Line[]): void;
  /** Who has such a line: names and interests by their beginning, the rest whole. `open`: only lines for everyone. */
  find(kind: Fact['kind'], value: string, open: boolean, most: number): Member[];
}

/** How values are compared: without case, accents and spaces around. */
export const folded = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en').trim();

/** The book in a database of the SDK's. */
export function openStore(db: DatabaseSync): Store {
  const { keep, forget, members } = makeRoster(db);
  db.exec(`CREATE TABLE IF NOT EXISTS lines (kind TEXT NOT NULL, folded TEXT NOT NULL, open INTEGER NOT NULL, member INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
      PRIMARY KEY (kind, folded, member)) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS lines_of ON lines (member);`);
  const clear = db.prepare('DELETE FROM lines WHERE member = ?');
  const add = db.prepare('INSERT INTO lines VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET open = max(open, excluded.open)');
  const whole = db.prepare('SELECT house, persona, version FROM lines JOIN members ON id = member WHERE kind = ? AND folded = ? AND open >= ? LIMIT ?');
  const begun = db.prepare('SELECT DISTINCT house, persona, version FROM lines JOIN members ON id = member WHERE kind = ? AND folded >= ? AND folded < ? AND open >= ? LIMIT ?');
  return {
    forget, members,
    list: (member, lines) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const id = keep(member);
        clear.run(id);
        for (const { kind, value, audience } of lines) add.run(kind, folded(value), audience === 'everyone' ? 1 : 0, id);
        db.exec('COMMIT');
      } catch (error) { db.exec('ROLLBACK'); throw error; }
    },
    find: (kind, value, open, most) => {
      const wanted = folded(value);
      if (wanted === '') return [];
      const least = open ? 1 : 0;
      return (kind === 'name' || kind === 'interest' ? begun.all(kind, wanted, `${wanted}\u{10ffff}`, least, most) : whole.all(kind, wanted, least, most)) as unknown as Member[];
    },
  };
}
