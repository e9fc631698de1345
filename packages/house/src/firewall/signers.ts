import type { Contract } from '@commonhold/core';
import type { Nonces } from '../store/log/nonces.ts';
import type { ContractBook } from './contract-book.ts';
import type { Pods } from '../store/pods.ts';
import type { FindHome, Home } from './homes.ts';
import type { Identity } from './identity.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** Whose the keys are that requests are signed with. */
export interface Signers extends Nonces {
  /** Whether a key is that of a service for anybody here. Not only for whoever is asked for: what comes of it must not tell who joined. */
  isService(key: string, persona: string, service: string): boolean;
  /** Whether a device may act for a persona at home here, now. */
  isDevice(key: string, persona: string): boolean;
}

interface Deps { find: FindHome; pods: Pick<Pods, 'held'>; book: ContractBook; identity: Pick<Identity, 'isActive'>; nonces: Nonces }

/** Built by the firewall. */
export function makeSigners({ find, pods, book, identity, nonces }: Deps): Signers {
  const isTheirs = (home: Home, key: string, service: string): boolean => book.of(home, service)?.contract.service.key === key;
  return {
    isService: (key, persona, service) => {
      const home = find(persona);
      if (home && isTheirs(home, key, service)) return true;
      return pods.held().some((pod) => [...pod.personas.values()].some((state) => state.contracts.has(service) && isTheirs({ pod, state }, key, service)));
    },
    isDevice: (key, persona) => identity.isActive(persona, key),
    take: nonces.take,
  };
}

/** As whom a person joined a service that is not built in, and the contract that binds them; null where they have not. */
export const makeJoinedBy = ({ find, book, pseudonyms }: Pick<Deps, 'find' | 'book'> & { pseudonyms: Pick<Pseudonyms, 'of' | 'isLeaving'> }) => (person: string, service: string): { persona: string; contract: Contract } | null => {
  const persona = pseudonyms.of(person, service) ?? person;
  const home = find(persona);
  const contract = home && book.of(home, service)?.contract;
  return contract && contract.service.key !== null && !pseudonyms.isLeaving(persona, service) ? { persona, contract } : null;
};
