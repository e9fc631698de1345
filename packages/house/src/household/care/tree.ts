import type { HousePerson, Role } from '../ports.ts';
import type { People } from '../people.ts';
import type { Standings } from './standing.ts';

/** Somebody's place in the tree of invites; `invitedBy` null for the founder, and for whoever came by somebody who left. Times in ms. */
export interface Place { persona: string; role: Role; joinedAt: number; invitedBy: string | null; suspended?: number; leaving?: number }

/** Who invited whom: all of it to stewards, to members their own line: who invited them, and whom they invited. */
export function makeTree({ people, standings }: { people: People; standings: Standings }): (me: { persona: string; role: Role }) => Place[] {
  const isOwnLine = (me: string, { persona, invitedBy }: HousePerson): boolean => persona === me || invitedBy === me || people.of(me)?.invitedBy === persona;
  return ({ persona: me, role }) => people.all().filter((person) => role === 'steward' || isOwnLine(me, person)).map(({ persona, role: is, joinedAt, invitedBy }) => {
    const by = invitedBy !== null && people.of(invitedBy) && (role === 'steward' || persona === me || invitedBy === me) ? invitedBy : null;
    const standing = role === 'steward' || persona === me ? standings.of(persona) : null;
    return { persona, role: is, joinedAt, invitedBy: by, ...(standing && (standing.leaving ? { leaving: standing.until } : { suspended: standing.until })) };
  });
}
