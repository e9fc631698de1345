import { Refusal } from '@commonhold/core';
import type { HousePerson } from '../ports.ts';
import type { Actions } from './actions.ts';
import type { Notices } from './notices.ts';
import type { CareDeps, Standing } from './ports.ts';

const DAY = 86_400_000;

/** Who may read and not publish for a time, and who leaves the house at its end. */
export interface Standings {
  /** How somebody stands now; null as ever. */
  of(persona: string): Standing | null;
  /** Until a moment (ms). Refuses `person_unknown`, `is_steward`, `is_leaving`, `bad_until`. */
  suspend(by: string | null, persona: string, until: number, words?: string): void;
  /** Ends a suspension, or takes an expulsion back. Fine when there is none. */
  lift(by: string | null, persona: string): void;
  /** Read-only from now on; gone after so many days. Refuses `person_unknown`, `is_steward`. */
  expel(by: string | null, persona: string, days: number, words?: string): Standing;
  /** Whose time to leave has come. */
  due(): HousePerson[];
}

interface Deps extends Pick<CareDeps, 'db' | 'clock' | 'people' | 'tell' | 'pods'> { actions: Actions; notices: Notices }
interface Row extends Standing { persona: string }

/** Over house.db, held in memory. */
export function makeStandings({ db, clock, people, tell, pods, actions, notices }: Deps): Standings {
  const put = db.prepare('INSERT OR REPLACE INTO suspended (persona, until, leaving, by, at) VALUES (?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM suspended WHERE persona = ?');
  const held = new Map(db.prepare<{ persona: string; until: number; leaving: number }>('SELECT persona, until, leaving FROM suspended').all()
    .map(({ persona, until, leaving }): [string, Row] => [persona, { persona, until, leaving: leaving === 1 }]));
  const set = ({ persona, until, leaving }: Row, by: string | null, words: string | undefined): void => {
    db.transaction(() => {
      put.run(persona, until, leaving ? 1 : 0, by, clock());
      actions.add(leaving ? 'expel' : 'suspend');
      notices.add(persona, leaving ? 'expelled' : 'suspended', { by, until, ...(words !== undefined && { words }) });
    });
    held.set(persona, { persona, until, leaving });
    pods.noteCare(persona, by, leaving ? 'expelled' : 'suspended');
    tell({ type: 'standing', persona });
  };
  return {
    of: (persona) => {
      if (held.size === 0) return null;
      const row = held.get(persona);
      // Whoever leaves stays read-only until the pod was handed over, however long that takes.
      return row && (row.leaving || row.until > clock()) ? { until: row.until, leaving: row.leaving } : null;
    },
    suspend: (by, persona, until, words) => {
      memberOf(people.of(persona));
      if (held.get(persona)?.leaving) throw new Refusal('conflict', 'is_leaving', 'They are leaving this house already. Take that back first.');
      if (until <= clock()) throw new Refusal('invalid', 'bad_until', 'A suspension ends in the future.', { field: 'until' });
      set({ persona, until, leaving: false }, by, words);
    },
    lift: (by, persona) => {
      const row = held.get(persona);
      if (!row) return;
      db.transaction(() => {
        drop.run(persona);
        if (!row.leaving && row.until <= clock()) return;
        actions.add(row.leaving ? 'keep' : 'lift');
        notices.add(persona, row.leaving ? 'kept' : 'lifted', { by });
      });
      held.delete(persona);
      pods.noteCare(persona, by, 'lifted');
      tell({ type: 'standing', persona });
    },
    expel: (by, persona, days, words) => {
      memberOf(people.of(persona));
      const row = { persona, until: clock() + days * DAY, leaving: true };
      set(row, by, words);
      return { until: row.until, leaving: true };
    },
    due: () => {
      const now = clock();
      for (const { persona, leaving, until } of held.values()) if (!people.of(persona) || (!leaving && until <= now)) { drop.run(persona); held.delete(persona); tell({ type: 'standing', persona }); }
      return [...held.values()].filter(({ leaving, until }) => leaving && until <= now).map(({ persona }) => people.of(persona)!);
    },
  };
}

function memberOf(person: HousePerson | null): void {
  if (!person) throw nobody();
  if (person.role === 'steward') throw new Refusal('conflict', 'is_steward', 'They are a steward. Make them a member first.');
}

/** The refusal for who does not live here. */
export const nobody = (): Refusal => new Refusal('not_found', 'person_unknown', 'Nobody of that name can be seen here.');
