import type { Decision, Facts, Readable } from '@commonhold/core';

/** What reading a collection comes to: the decision, for how long records are kept (ms), and what is readable of the owner's own ones of each audience. */
export interface Reading { decision: Decision; retention: number | null; byAudience: Map<string, Readable> }

/** By collection. */
export type Readings = Map<string, Reading>;

// A house has a few dozen; relations that services make up shall not fill the memory.
const MOST = 512;

/**
 * What one contract, not narrowed, lets those read who stand to an owner in the same way. A decision looks at nothing but how they stand:
 * it is made once for all of them, since a page asks it for every row.
 */
export function makeReadings(): (facts: Facts) => Readings {
  const known = new Map<number | string, Readings>();
  return (facts) => {
    const standing = standingOf(facts);
    const had = known.get(standing);
    if (had) return had;
    if (known.size >= MOST) known.clear();
    const made: Readings = new Map();
    known.set(standing, made);
    return made;
  };
}

/** Everything of the facts that a decision may look at, save the time and who exactly it is. */
function standingOf({ persona, owner, service, member, house, blocked, relations, mutual }: Facts): number | string {
  const bits = Number(persona !== null) | Number(owner) << 1 | Number(service) << 2 | Number(member) << 3 | Number(house) << 4 | Number(blocked) << 5;
  return relations.length === 0 && mutual.length === 0 ? bits : `${bits} ${relations.join()} ${mutual.join()}`;
}
