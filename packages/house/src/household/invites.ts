import type { HouseholdDeps, Role } from './ports.ts';
import type { InviteLine } from './invite.ts';

/** Invites that are still open, newest first: one's own, or everybody's for a steward. */
export function makeInvites({ db, clock }: Pick<HouseholdDeps, 'db' | 'clock'>): (me: { persona: string; role: Role }) => InviteLine[] {
  const open = 'SELECT invite, by, note, uses, uses - used AS left, expires FROM invites WHERE ended IS NULL AND expires > ? AND used < uses';
  const all = db.prepare<InviteLine>(`${open} ORDER BY created DESC, invite`);
  const own = db.prepare<InviteLine>(`${open} AND by = ? ORDER BY created DESC, invite`);
  return ({ persona, role }) => (role === 'steward' ? all.all(clock()) : own.all(clock(), persona));
}
