import { Refusal } from '@commonhold/core';
import type { Role } from '../ports.ts';
import type { Actions } from './actions.ts';
import type { Notices } from './notices.ts';
import type { CareDeps } from './ports.ts';
import { nobody, type Standings } from './standing.ts';

interface Deps extends Pick<CareDeps, 'db' | 'people' | 'sessions' | 'changed'> { actions: Actions; notices: Notices; standings: Standings }

/** Makes somebody a steward, or a member again. Refuses `person_unknown`, `last_steward`, `not_now` for whoever is suspended or leaving. */
export function makeSetRole({ db, people, sessions, changed, actions, notices, standings }: Deps): (by: string | null, persona: string, role: Role) => void {
  const set = db.prepare('UPDATE people SET role = ? WHERE persona = ?');
  return (by, persona, role) => {
    const person = people.of(persona);
    if (!person) throw nobody();
    if (person.role === role) return;
    if (role === 'steward' && standings.of(persona)) throw new Refusal('conflict', 'not_now', 'They are suspended. End that first.');
    if (role === 'member' && people.all().filter((one) => one.role === 'steward').length === 1) {
      throw new Refusal('conflict', 'last_steward', 'A house needs a steward. Make somebody else one first.');
    }
    db.transaction(() => {
      set.run(role, persona);
      actions.add('role');
      notices.add(persona, role, { by });
    });
    sessions.refresh(persona);
    changed();
  };
}
