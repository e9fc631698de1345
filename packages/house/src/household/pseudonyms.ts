import type { Pseudonyms } from '../firewall/pseudonyms.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { People } from './people.ts';

interface Row { persona: string; owner: string; service: string; salt: Uint8Array; settled: number }

/** Pseudonyms as house.db keeps them. */
export interface KeptPseudonyms extends Pseudonyms {
  /** Those that were begun and never came to be. */
  unsettled(): { persona: string; owner: string; service: string }[];
}

/** Held in memory whole: it is asked with every record. Whoever moves out takes theirs along. */
export function makePseudonyms(db: Sqlite, people: Pick<People, 'of'>): KeptPseudonyms {
  const read = db.prepare<Row>('SELECT persona, owner, service, salt, settled FROM pseudonyms');
  const insert = db.prepare('INSERT INTO pseudonyms (persona, owner, service, salt, settled) VALUES (?,?,?,?,0)');
  const settle = db.prepare('UPDATE pseudonyms SET settled = 1 WHERE persona = ?');
  const erase = db.prepare('DELETE FROM pseudonyms WHERE persona = ?');
  let held: { byPersona: Map<string, Row>; byOwner: Map<string, string> } | null = null;
  const load = (): NonNullable<typeof held> => {
    if (held) return held;
    const rows = read.all();
    held = { byPersona: new Map(rows.map((row) => [row.persona, row])), byOwner: new Map(rows.map(({ owner, service, persona }) => [`${owner} ${service}`, persona])) };
    return held;
  };
  const of = (persona: string): Row | undefined => { const { byPersona } = load(); return byPersona.size === 0 ? undefined : byPersona.get(persona); };
  return {
    podOf: (persona) => { const row = of(persona); return row ? people.of(row.owner)?.pod ?? null : null; },
    saltOf: (persona) => of(persona)?.salt ?? null,
    ownerOf: (persona) => of(persona)?.owner ?? null,
    of: (owner, service) => { const { byOwner } = load(); return byOwner.size === 0 ? null : byOwner.get(`${owner} ${service}`) ?? null; },
    reserve: ({ persona, owner, service, salt }) => { insert.run(persona, owner, service, salt); held = null; },
    settle: (persona) => { settle.run(persona); held = null; },
    drop: (persona) => { erase.run(persona); held = null; },
    unsettled: () => [...load().byPersona.values()].filter(({ settled }) => settled === 0).map(({ persona, owner, service }) => ({ persona, owner, service })),
  };
}
