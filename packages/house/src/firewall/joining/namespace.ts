import { Refusal } from '@commonhold/core';
import type { JoinedContract } from '../../store/pod/types.ts';
import type { ContractBook } from '../contract-book.ts';
import type { EnforcedContract } from '../contracts.ts';
import type { FindHome, Home } from '../homes.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { termsOf, type Terms } from './terms.ts';

/** What a person keeps with one service that they joined. */
export interface Namespace { home: Home; persona: string; service: string; contract: EnforcedContract; joined: JoinedContract; terms: Terms }

interface Deps { find: FindHome; book: ContractBook; pseudonyms: Pick<Pseudonyms, 'ownerOf' | 'of'> }

/** Refused for what is not one's own, and for what is not there, alike. */
export const serviceUnknown = (): Refusal => new Refusal('not_found', 'service_unknown', 'You have not joined such a service.');

/** Finds a person's own namespaces of services that are not built in. */
export function makeNamespaces({ find, book, pseudonyms }: Deps) {
  const at = (persona: string, service: string): Namespace | null => {
    const home = find(persona);
    const joined = home?.state.contracts.get(service);
    const terms = joined && termsOf(joined);
    const contract = home && book.of(home, service);
    return home && joined && terms && contract ? { home, persona, service, contract, joined, terms } : null;
  };
  return {
    /** Refuses `service_unknown`. */
    of: (owner: string, persona: string, service: string): Namespace => {
      const namespace = persona === owner || pseudonyms.ownerOf(persona) === owner ? at(persona, service) : null;
      if (!namespace) throw serviceUnknown();
      return namespace;
    },
    /** All of one person's, the oldest first. */
    all: (owner: string): Namespace[] => {
      const pod = find(owner)?.pod;
      if (!pod) return [];
      const found = [...pod.personas.values()].flatMap(({ persona, contracts }) => [...contracts.values()].filter(({ terms }) => terms !== null).map(({ service }) => at(persona, service)));
      return found.filter((one) => one !== null).sort((a, b) => a.terms.since - b.terms.since);
    },
    /** Somebody's namespace of a service, as whoever they joined it. */
    joined: (owner: string, service: string): Namespace | null => at(pseudonyms.of(owner, service) ?? owner, service),
  };
}

/** Made by `makeNamespaces`. */
export type Namespaces = ReturnType<typeof makeNamespaces>;
