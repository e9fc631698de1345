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
    const other = persona === owner ? null : persona;
    const recorded = other === null ? NOTHING : relations.between(owner, other);
    const names = other === null ? NOTHING : withOwn(relations, recorded, { owner, persona: other, contract });
    const mate = persona !== null && isHousemate(persona);
    return {
      persona,
      owner: persona === owner,
      service: isService(caller, contract),
      member: mate && (contract.contract.service.key === null || isMember(persona, contract)),
      house: mate && isHousemate(owner),
      relations: names,
      mutual: names.length > 0 && partsOf(contract).asksBack ? mutualOf(names, withOwn(relations, relations.between(persona!, owner), { owner: persona!, persona: owner, contract })) : NOTHING,
      blocked: other !== null && (recorded.includes('block') || relations.between(other, owner).includes('block')),
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

/** What of a contract is about relations: its own collections of links, and whether a rule asks for the other side's word. */
interface Parts { links: readonly string[]; asksBack: boolean }

const partsKnown = new WeakMap<EnforcedContract, Parts>();

function partsOf(contract: EnforcedContract): Parts {
  const had = partsKnown.get(contract);
  if (had) return had;
  const { collections } = contract.contract;
  const asksBack = Object.values(collections).some(({ allow }) => allow.some(({ who }) => typeof who === 'object' && 'mutual' in who && who.mutual === true));
  const made = { links: contract.service === 'people' ? NOTHING : linkCollections(contract), asksBack };
  partsKnown.set(contract, made);
  return made;
}

/** The collections of a contract in which its people record who is what to them. */
export const linkCollections = ({ contract: { collections } }: EnforcedContract): string[] =>
  Object.entries(collections).filter(([, { kind }]) => kind === 'links').map(([name]) => name);

// What the owner recorded in people counts for every service, what they recorded in a service's own links for that one alone.
function withOwn(relations: RelationBook, names: readonly string[], { owner, persona, contract }: { owner: string; persona: string; contract: EnforcedContract }): readonly string[] {
  const { links } = partsOf(contract);
  if (links.length === 0) return names;
  const own = relations.within(owner, persona, contract.service, links);
  return own.length === 0 ? names : [...new Set([...names, ...own])];
}

// The other side's word is a record of theirs, signed by their device: the same relation, back. Both pods are in this house, nobody else is asked.
const mutualOf = (names: readonly string[], back: readonly string[]): readonly string[] => {
  const both = names.filter((name) => back.includes(name));
  return both.length === 0 ? NOTHING : both;
};
