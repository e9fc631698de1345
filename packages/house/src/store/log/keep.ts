import type { Sqlite } from '../../sqlite/port.ts';

/** How many days of the log a person has who said nothing. */
const USUAL_DAYS = 90;

/** How long lines are kept. */
export interface Keep {
  /** Days that a person's lines are kept, today included. */
  keepDays(persona: string): number;
  setKeepDays(persona: string, days: number): void;
  /** Erases what is older than its owner wants, of everybody. */
  sweep(): void;
  /** Forgets a persona's lines and settings. */
  forget(persona: string): void;
  /** Forgets what a persona's lines say of one service. */
  forgetService(persona: string, service: string): void;
}

/** Settings and sweeping over `log.db`. */
export function makeKeep(db: Sqlite, today: () => number): Keep {
  const wanted = db.prepare<{ keep_days: number }>('SELECT keep_days FROM settings WHERE persona = ?');
  const want = db.prepare('INSERT INTO settings VALUES (?,?) ON CONFLICT DO UPDATE SET keep_days = excluded.keep_days');
  const tables = ['counts', 'named'].map((table) => ({
    next: db.prepare<{ persona: string | null }>(`SELECT min(persona) AS persona FROM ${table} WHERE persona > ?`),
    old: db.prepare(`DELETE FROM ${table} WHERE persona = ? AND day <= ?`),
    all: db.prepare(`DELETE FROM ${table} WHERE persona = ?`),
    of: db.prepare(`DELETE FROM ${table} WHERE persona = ? AND service = ?`),
  }));
  const forgetSettings = db.prepare('DELETE FROM settings WHERE persona = ?');
  const keepDays = (persona: string): number => wanted.get(persona)?.keep_days ?? USUAL_DAYS;
  const age = (persona: string): void => { for (const { old } of tables) old.run(persona, today() - keepDays(persona)); };
  return {
    keepDays,
    setKeepDays: (persona, days) => db.transaction(() => { want.run(persona, days); age(persona); }),
    // From name to name, since a walk over every line would hold up the house.
    sweep: () => {
      age('');
      for (const { next } of tables) {
        for (let persona = next.get('')?.persona; persona; persona = next.get(persona)?.persona) age(persona);
      }
    },
    forgetService: (persona, service) => {
      db.exec('PRAGMA secure_delete=ON');
      try { db.transaction(() => { for (const { of } of tables) of.run(persona, service); }); } finally { db.exec('PRAGMA secure_delete=OFF'); }
    },
    forget: (persona) => db.transaction(() => {
      for (const { all } of tables) all.run(persona);
      forgetSettings.run(persona);
    }),
  };
}
