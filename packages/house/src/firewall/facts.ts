import type { Facts } from '@commonhold/core';
import { personaOf, type Caller } from './caller.ts';
import type { EnforcedContract } from './contracts.ts';
import type { FindHome } from './homes.ts';
import { isDraft } from './joining/terms.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { RelationBook } from './relations.ts';

const NOTHING: readonly string[] = [];

interface Deps {
  relations: RelationBook;
  isHousemate(persona: string): boolean;
  /** Whether somebody at home here has joined a service that is not built in, under this contract or another that its service stands by. */
  isMember(persona: string, contract: EnforcedContract): boolean;
  now(): number;
}

/** Gathers what `decide` may know of a caller who asks for something of `owner`'s: reading permissions, not deciding. */
export function makeFacts({ relations, isHousemate, isMember, now }: Deps): (caller: Caller, owner: string, contract: EnforcedContract) => Facts {
  return (caller, owner, contract) => {
    const persona = personaOf(caller);
    // What somebody has recorded of themselves makes them nothing to themselves that they are not.
    const names = persona === null || persona === owner ? NOTHING : namesOf(relations, owner, persona, contract);
    const mate = persona !== null && isHousemate(persona);
    return {
      persona,
      owner: persona === owner,
      service: isService(caller, contract),
      member: mate && (contract.contract.service.key === null || isMember(persona, contract)),
      house: mate && isHousemate(owner),
      relations: names,
      mutual: NOTHING,
      blocked: persona !== null && relations.apart(owner, persona),
      now: now(),
    };
  };
}

/** Whether somebody joined a service. Anybody may write a draft that speaks for one: it makes members among those who try that very draft. */
export const makeIsMember = ({ find, isLeaving }: { find: FindHome; isLeaving: Pseudonyms['isLeaving'] }): Deps['isMember'] => (persona, { service, hash }) => {
  const joined = find(persona)?.state.contracts.get(service);
  return joined !== undefined && (joined.hash === hash || !isDraft(joined)) && !isLeaving(persona, service);
};

/** Whether a caller holds the key of the very service whose namespace it asks for. */
export const isService = (caller: Caller, { service, contract }: EnforcedContract): boolean =>
  caller.kind === 'service' && caller.service === service && caller.key === contract.service.key;

const linksOf = new WeakMap<EnforcedContract, readonly string[]>();

// What the owner recorded in people counts for every service, what they recorded in a service's own links for that one alone.
function namesOf(relations: RelationBook, owner: string, persona: string, contract: EnforcedContract): readonly string[] {
  const names = relations.between(owner, persona);
  let links = linksOf.get(contract);
  if (!links) {
    links = contract.service === 'people' ? NOTHING : Object.entries(contract.contract.collections).filter(([, { kind }]) => kind === 'links').map(([name]) => name);
    linksOf.set(contract, links);
  }
  if (links.length === 0) return names;
  const own = relations.within(owner, persona, contract.service, links);
  return own.length === 0 ? names : [...new Set([...names, ...own])];
}
