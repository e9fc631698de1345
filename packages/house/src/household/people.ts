import type { HouseholdDeps, HousePerson } from './ports.ts';
import { personOfRow, personRows } from './rows.ts';

/** Looks up who lives here; answers come from memory, which every change empties. */
export interface People {
  /** Everybody, in the order they joined. */
  all(): readonly HousePerson[];
  of(persona: string): HousePerson | null;
  byHandle(handle: string): HousePerson | null;
  count(): number;
  /** Tells the house that somebody's front-door name changed. */
  rename(persona: string, name: string): void;
  /** The person wrote the words of this recovery key down. */
  wroteWords(persona: string, recoveryKey: string): void;
  /** To be called after any change to the table. */
  changed(): void;
}

/** People over house.db: at most 300 rows, held whole. */
export function makePeople({ db, clock }: Pick<HouseholdDeps, 'db' | 'clock'>): People {
  const read = personRows(db, '1 ORDER BY joined_at, persona');
  const rename = db.prepare('UPDATE people SET name = ? WHERE persona = ?');
  const wrote = db.prepare('UPDATE people SET words_written = ?, words_key = ? WHERE persona = ?');
  let held: { all: readonly HousePerson[]; personas: Map<string, HousePerson>; handles: Map<string, HousePerson> } | null = null;
  const load = (): NonNullable<typeof held> => {
    if (held) return held;
    const all = read.all().map(personOfRow);
    held = { all, personas: new Map(all.map((p) => [p.persona, p])), handles: new Map(all.map((p) => [p.handle, p])) };
    return held;
  };
  return {
    all: () => load().all,
    of: (persona) => load().personas.get(persona) ?? null,
    byHandle: (handle) => load().handles.get(handle.toLowerCase()) ?? null,
    count: () => load().all.length,
    rename(persona, name) { rename.run(name, persona); held = null; },
    wroteWords(persona, recoveryKey) { wrote.run(clock(), recoveryKey, persona); held = null; },
    changed() { held = null; },
  };
}
