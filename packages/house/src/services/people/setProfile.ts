import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { makeProfile, type PeopleDeps } from './profile.ts';
import { PEOPLE, type Profile, type ProfileBody } from './types.ts';

/** Changes the caller's own name and words about themselves; answers the profile as it is now. Refuses `bad_name`, `bad_body`. */
export const makeSetProfile = (deps: PeopleDeps) => async (caller: Caller & { persona: string }, wanted: ProfileBody): Promise<Profile> => {
  const name = wanted.name.trim();
  if (name === '') throw new Refusal('invalid', 'bad_name', 'A name needs some letters.', { field: '/name', expected: 'at least one letter' });
  const body = { name, ...(wanted.bio ? { bio: wanted.bio } : {}) };
  await deps.gate.transact(caller, caller.persona, PEOPLE, (tx) => tx.put('profile', { key: 'self', body }));
  return makeProfile(deps)(caller, caller.persona);
};
