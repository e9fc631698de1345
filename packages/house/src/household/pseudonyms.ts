import type { Departure, Departures } from '../firewall/joining/ports.ts';
import type { Pseudonyms } from '../firewall/pseudonyms.ts';
import { scrub } from '../sqlite/scrub.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { People } from './people.ts';

interface Row { persona: string; owner: string; service: string; salt: Uint8Array; settled: number }

/** Pseudonyms as house.db keeps them. */
export interface KeptPseudonyms extends Pseudonyms {
  /** Those that were begun and never came to be. */
  unsettled(): Departure[];
  /** What is being left: noted before anything goes, until nothing is left of it. */
  departures: Departures;
}

/** `forgetApps`: the apps of a service that somebody let in go with it. Held in memory whole: it is asked with every record. Whoever moves out takes theirs along. */
export function makePseudonyms(db: Sqlite, people: Pick<People, 'of'>, forgetApps: (owner: string, service: string) => void): KeptPseudonyms {
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
  const departures = makeDepartures(db, ({ owner, persona, service }) => { erase.run(persona); held = null; forgetApps(owner, service); }, (persona) => of(persona)?.salt ?? null);
  return {
    podOf: (persona) => { const row = of(persona); return row ? people.of(row.owner)?.pod ?? null : null; },
    saltOf: (persona) => of(persona)?.salt ?? null,
    ownerOf: (persona) => of(persona)?.owner ?? null,
    of: (owner, service) => { const { byOwner } = load(); return byOwner.size === 0 ? null : byOwner.get(`${owner} ${service}`) ?? null; },
    reserve: ({ persona, owner, service, salt }) => { insert.run(persona, owner, service, salt); held = null; },
    settle: (persona) => { settle.run(persona); held = null; },
    drop: (persona) => { erase.run(persona); held = null; },
    departures, isLeaving: departures.isLeaving,
    unsettled: () => [...load().byPersona.values()].filter(({ settled }) => settled === 0).map(({ persona, owner, service }) => ({ persona, owner, service })),
  };
}

function makeDepartures(db: Sqlite, drop: (of: Departure) => void, saltOf: (persona: string) => Uint8Array | null): Departures {
  const begin = db.prepare('INSERT OR IGNORE INTO leaving (owner, persona, service) VALUES (?,?,?)');
  const end = db.prepare('DELETE FROM leaving WHERE owner = ? AND service = ?');
  const all = db.prepare<Departure>('SELECT owner, persona, service FROM leaving');
  const one = db.prepare('SELECT 1 FROM leaving WHERE owner = ? AND service = ?');
  // Asked with every record.
  let going: Set<string> | null = null;
  const put = db.prepare('INSERT OR IGNORE INTO ended (persona, statements) VALUES (?,?)');
  const last = db.prepare<{ statements: string }>('SELECT statements FROM ended WHERE persona = ?');
  return {
    begin: ({ owner, persona, service }) => { begin.run(owner, persona, service); going = null; },
    ended: (persona, statements) => { put.run(persona, JSON.stringify(statements)); },
    lastWords: (persona) => { const found = last.get(persona); return found ? JSON.parse(found.statements) as unknown[] : null; },
    end: async ({ owner, persona, service }) => {
      const salt = saltOf(persona);
      db.exec('PRAGMA secure_delete=ON');
      try { db.transaction(() => { drop({ owner, persona, service }); end.run(owner, service); }); } finally { going = null; db.exec('PRAGMA secure_delete=OFF'); }
      await scrub(db, salt === null ? [service] : [service, salt]);
    },
    has: (owner, service) => one.get(owner, service) !== undefined,
    isLeaving: (persona, service) => {
      going ??= new Set(all.all().map((of) => `${of.persona} ${of.service}`));
      return going.size > 0 && going.has(`${persona} ${service}`);
    },
    all: () => all.all(),
  };
}
