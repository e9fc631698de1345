import type { Facts } from '@commonhold/core';
import { personaOf, type Caller } from './caller.ts';
import type { RelationBook } from './relations.ts';

const NOTHING: readonly string[] = [];

interface Deps { relations: RelationBook; isHousemate(persona: string): boolean; now(): number }

/** Gathers what `decide` may know of a caller who asks for something of `owner`'s: reading permissions, not deciding. */
export function makeFacts({ relations, isHousemate, now }: Deps): (caller: Caller, owner: string) => Facts {
  return (caller, owner) => {
    const persona = personaOf(caller);
    const names = persona === null ? NOTHING : relations.between(owner, persona);
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
      now: now(),
    };
  };
}
