import type { Caller } from '../../firewall/caller.ts';
import type { Person } from '../shared/person.ts';
import { between, linksOf, type Link } from './links.ts';
import type { PeopleDeps } from './profile.ts';
import { PEOPLE, type LinkCollection } from './types.ts';

type Deps = Pick<PeopleDeps, 'gate' | 'relations'> & { personOf(caller: Caller, persona: string): string };

/** Who names themselves in a collection of the caller's, newest first; nobody from whom a block parts them, and everybody once. */
function named({ gate, relations, personOf }: Deps, caller: Caller & { persona: string }, collection: LinkCollection): (Person & { since: number })[] {
  const newest = new Map<string, Link>();
  for (const one of linksOf(gate, caller, collection)) newest.set(one.link.persona, one);
  return [...newest.values()].filter(({ link }) => !relations.apart(caller.persona, link.persona))
    .toSorted((a, b) => b.link.createdAt - a.link.createdAt)
    .map(({ link }) => ({ ...JSON.parse(personOf(caller, link.persona)) as Person, since: link.createdAt }));
}

/** Who follows the caller, newest first, and whom of them they call close. */
export const makeFollowers = (deps: Deps) => (caller: Caller & { persona: string }): (Person & { since: number; close: boolean })[] =>
  named(deps, caller, 'followers').map((person) => ({ ...person, close: deps.relations.between(caller.persona, person.persona).includes('close') }));

/** Who asks to follow the caller, newest first. */
export const makeRequests = (deps: Deps) => (caller: Caller & { persona: string }): (Person & { since: number })[] => named(deps, caller, 'requests');

/**
 * Ends that somebody follows the caller, and that they are called close: neither opens anything to them any more. They are not told;
 * fine when they did not follow.
 */
export const makeRemoveFollower = ({ gate }: Pick<Deps, 'gate'>) => async (caller: Caller & { persona: string }, persona: string): Promise<void> => {
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const one = between(gate, tx, caller, persona);
    if (one.drop('followers')) one.drop('links', 'close');
  });
};
