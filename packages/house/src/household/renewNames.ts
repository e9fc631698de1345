import type { Sqlite } from '../sqlite/port.ts';

/** A pseudonym in a pod that comes out of a backup: to which service, and the salt of its keys from now on. */
export interface NameBack { persona: string; service: string; salt: Uint8Array }

interface Row { persona: string; service: string; salt: Uint8Array }

const rowsOf = (db: Sqlite, owner: string): Row[] => db.prepare<Row>('SELECT persona, service, salt FROM pseudonyms WHERE owner = ?').all(owner);

/** The salts of a person's pseudonyms, by persona, as a house.db has them that nobody else has open. */
export const saltsOf = (db: Sqlite, owner: string): ReadonlyMap<string, Uint8Array> => new Map(rowsOf(db, owner).map(({ persona, salt }) => [persona, salt]));

/**
 * Writes down as whom a person came back with their pod, in a house.db that nobody else has open. Those that joined since are gone with what is
 * gone; those that have left since leave once more, when the house opens: what somebody left does not come back.
 */
export function keepNames(db: Sqlite, owner: string, names: readonly NameBack[]): void {
  const known = rowsOf(db, owner), back = new Set(names.map(({ persona }) => persona));
  db.transaction(() => {
    for (const { persona, service } of known) {
      if (back.has(persona)) continue;
      db.prepare('DELETE FROM pseudonyms WHERE persona = ?').run(persona);
      db.prepare('DELETE FROM apps WHERE persona = ? AND service = ?').run(owner, service);
    }
    for (const { persona, service, salt } of names) {
      if (known.some((row) => row.persona === persona)) { db.prepare('UPDATE pseudonyms SET salt = ? WHERE persona = ?').run(salt, persona); continue; }
      db.prepare('INSERT INTO pseudonyms (persona, owner, service, salt, settled) VALUES (?,?,?,?,1)').run(persona, owner, service, salt);
      db.prepare('INSERT OR REPLACE INTO leaving (owner, persona, service) VALUES (?,?,?)').run(owner, persona, service);
    }
  });
}
