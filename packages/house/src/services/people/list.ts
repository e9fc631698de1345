import type { Caller } from '../../firewall/caller.ts';
import { askedOf, describe, profileBody, type PeopleDeps } from './profile.ts';
import type { Profile } from './types.ts';

/** Everybody in this house whom the caller may see, in the order in which they came. */
export const makeList = (deps: PeopleDeps) => (caller: Caller): Profile[] => {
  const asked = askedOf(deps.gate, caller);
  return deps.housemates.all().flatMap((mate) => {
    const body = profileBody(deps.gate, caller, mate.persona);
    return body ? [describe(deps, caller, { mate, body }, asked)] : [];
  });
};
