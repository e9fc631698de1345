import type { makeAccess } from './access.ts';
import { personaOf, type Caller } from './caller.ts';
import { linkCollections } from './facts.ts';
import type { RelationBook } from './relations.ts';
import { isFor } from './token.ts';

interface Deps { access: ReturnType<typeof makeAccess>; relations: Pick<RelationBook, 'of' | 'linksOf'> }

/**
 * To whom a caller recorded one of these relations: in the links of the service that they ask, and in people. Links that this caller may not
 * read, an app above all, are as if there were none.
 */
export const makeLinked = ({ access, relations }: Deps) => (caller: Caller, service: string, names: readonly string[]): string[] => {
  const me = personaOf(caller);
  if (me === null) return [];
  const found = new Set<string>();
  const add = (links: ReadonlyMap<string, readonly string[]>): void => {
    for (const [persona, known] of links) if (persona !== me && names.some((name) => known.includes(name))) found.add(persona);
  };
  if (readableOf(access, caller, me, 'people').includes('links')) add(relations.of(me));
  if (service === 'people') return [...found];
  const own = readableOf(access, caller, me, service);
  if (own.length > 0) add(relations.linksOf(me, service, own));
  return [...found];
};

/** The collections of links that a caller may read in their own namespace. */
function readableOf(access: Deps['access'], caller: Caller, me: string, service: string): string[] {
  const open = isFor(caller, service) ? access(caller, me, service) : null;
  return open ? linkCollections(open.contract).filter((name) => 'allow' in open.decide(name, 'read')) : [];
}
