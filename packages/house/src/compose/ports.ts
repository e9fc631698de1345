import type { FetchDocument } from '../fetch/document.ts';
import type { JoiningPorts } from '../firewall/index.ts';
import type { Pseudonyms } from '../firewall/pseudonyms.ts';
import type { Household } from '../household/household.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Housemate, Housemates } from '../services/shared/housemates.ts';

/** Who else somebody is, as the firewall asks the household; asked each time, since it comes after the firewall. */
export const pseudonymsOf = (household: () => Household): Pseudonyms => ({
  podOf: (persona) => household().pseudonyms.podOf(persona), saltOf: (persona) => household().pseudonyms.saltOf(persona), ownerOf: (persona) => household().pseudonyms.ownerOf(persona),
  of: (owner, service) => household().pseudonyms.of(owner, service), isLeaving: (persona, service) => household().pseudonyms.isLeaving(persona, service), reserve: (pseudonym) => household().pseudonyms.reserve(pseudonym),
  settle: (persona) => household().pseudonyms.settle(persona), drop: (persona) => household().pseudonyms.drop(persona),
});

/** What joining services asks of the rest of the house. */
export const joiningOf = (fetchContract: FetchDocument, of: () => { household: Household; jobs: Pick<Jobs, 'start'> }): JoiningPorts => ({
  fetchContract, get shelf() { return of().household.shelf; }, get departures() { return of().household.pseudonyms.departures; }, get places() { return of().household.places; }, unsettled: () => of().household.pseudonyms.unsettled(), start: (...job) => of().jobs.start(...job),
});

/** Who lives here, as services may know. */
export function housematesOf(household: Household): Housemates {
  const named = (mate: Housemate | null): Housemate | null => mate && { persona: mate.persona, handle: mate.handle, joinedAt: mate.joinedAt };
  return {
    handleOf: (persona) => household.personOf(persona)?.handle ?? null,
    find: (who) => named(household.personOf(who) ?? household.byHandle(who)),
    all: () => household.people().map((mate) => ({ persona: mate.persona, handle: mate.handle, joinedAt: mate.joinedAt })),
  };
}
