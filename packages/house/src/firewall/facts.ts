import type { Facts } from '@commonhold/core';
import { personaOf, type Caller } from './caller.ts';
import type { EnforcedContract } from './contracts.ts';
import type { RelationBook, Relations } from './relations.ts';

const NOTHING: readonly string[] = [];

interface Deps { relations: RelationBook; isHousemate(persona: string): boolean; now(): number }

/** What `decide` may know of callers: gathered, not decided. */
export interface FactBook {
  /** Of a caller who asks for something of `owner`'s. */
  of(caller: Caller, owner: string, contract: EnforcedContract): Facts;
  /** What facts about these two are made from; they are the same as long as each of these is the very same value. */
  basis(caller: Caller, owner: string): Basis;
}

/** What both recorded, and whether the caller is at home here. */
export interface Basis { ofOwner: Relations; ofCaller: Relations | null; member: boolean }

/** The facts of a house, from its book of relations and who is at home. */
export function makeFacts({ relations, isHousemate, now }: Deps): FactBook {
  const of: FactBook['of'] = (caller, owner, contract) => {
    const persona = personaOf(caller);
    const names = persona === null ? NOTHING : namesOf(relations, owner, persona, contract);
    const member = persona !== null && isHousemate(persona);
    return {
      persona,
      owner: persona === owner,
      service: false,
      member,
      house: member && isHousemate(owner),
      relations: names,
      mutual: NOTHING,
      blocked: persona !== null && relations.apart(owner, persona),
      // Facts may be kept; their time goes on.
      get now() { return now(); },
    };
  };
  return {
    of,
    basis: (caller, owner) => {
      const persona = personaOf(caller);
      return { ofOwner: relations.of(owner), ofCaller: persona === null ? null : relations.of(persona), member: persona !== null && isHousemate(persona) };
    },
  };
}

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
