import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { makeProfile, profileBody, type PeopleDeps } from './profile.ts';
import { PEOPLE, type Profile, type ProfileBody } from './types.ts';

/**
 * Changes the caller's own name, words about themselves and whether others ask before they follow (as it was, when nothing is said of
 * it); answers the profile as it is now. Who waits goes on waiting when the lock is opened: each is the owner's to answer.
 * Refuses `bad_name`, `bad_body`.
 */
export const makeSetProfile = (deps: PeopleDeps) => async (caller: Caller & { persona: string }, wanted: ProfileBody): Promise<Profile> => {
  const name = wanted.name.trim();
  if (name === '') throw new Refusal('invalid', 'bad_name', 'A name needs some letters.', { field: '/name', expected: 'at least one letter' });
  await deps.gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const locked = wanted.locked ?? profileBody(deps.gate, caller, caller.persona)?.locked ?? false;
    tx.put('profile', { key: 'self', body: { name, ...(wanted.bio ? { bio: wanted.bio } : {}), ...(locked ? { locked } : {}) } });
  });
  return makeProfile(deps)(caller, caller.persona);
};
