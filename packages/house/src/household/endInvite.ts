import { Refusal } from '@commonhold/core';
import { tidyCode } from './codes.ts';
import type { HouseholdDeps, Role } from './ports.ts';

/** Ends an invite: one's own, or anybody's for a steward. Refuses `invite_unknown`, the same for absent and not one's own. */
export function makeEndInvite({ db, clock }: Pick<HouseholdDeps, 'db' | 'clock'>): (me: { persona: string; role: Role }, typed: string) => void {
  const end = db.prepare('UPDATE invites SET ended = ? WHERE invite = ? AND ended IS NULL AND (by = ? OR ?)');
  return ({ persona, role }, typed) => {
    if (end.run(clock(), tidyCode(typed), persona, role === 'steward' ? 1 : 0).changes > 0) return;
    throw new Refusal('not_found', 'invite_unknown', 'There is no such invite.');
  };
}
