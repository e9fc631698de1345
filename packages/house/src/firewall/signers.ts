import type { Contract } from '@commonhold/core';
import type { Nonces } from '../store/log/nonces.ts';
import type { ContractBook } from './contract-book.ts';
import type { FindHome } from './homes.ts';
import type { Identity } from './identity.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** Whose the keys are that requests are signed with. */
export interface Signers extends Nonces {
  /** Whether a key is that of the service in this namespace, if there is one. */
  isService(key: string, persona: string, service: string): boolean;
  /** Whether a device may act for a persona at home here, now. */
  isDevice(key: string, persona: string): boolean;
}

interface Deps { find: FindHome; book: ContractBook; identity: Pick<Identity, 'isActive'>; nonces: Nonces }

/** Built by the firewall. */
export function makeSigners({ find, book, identity, nonces }: Deps): Signers {
  return {
    isService: (key, persona, service) => { const home = find(persona); return home !== null && book.of(home, service)?.contract.service.key === key; },
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
