import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { keepKnown } from './known.ts';
import { other } from './other.ts';
import type { PeopleDeps } from './profile.ts';

type Me = Caller & { persona: string };

/**
 * Calls somebody by a name of the caller's own, in everything that the caller reads; nobody else learns of it. The answer says nothing
 * of who exists. Refuses `person_unknown` for what is no persona, `petname_self`, `bad_petname`.
 */
export const makeSetPetname = (deps: Pick<PeopleDeps, 'gate' | 'now'>) => async (caller: Me, whom: string, wanted: string): Promise<{ petname: string }> => {
  const persona = other(caller, whom, 'petname_self');
  const petname = wanted.normalize('NFC').trim();
  if (petname === '') throw new Refusal('invalid', 'bad_petname', 'A name needs some letters.', { field: '/petname', expected: 'at least one letter' });
  await keepKnown(deps, caller, persona, (had) => ({ ...had, petname }));
  return { petname };
};

/** Calls somebody by their own name again. */
export const makeDropPetname = (deps: Pick<PeopleDeps, 'gate' | 'now'>) => async (caller: Me, persona: string): Promise<void> => {
  await keepKnown(deps, caller, persona, ({ petname: _petname, ...rest }) => rest);
};
