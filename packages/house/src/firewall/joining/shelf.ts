import { Refusal, type Contract, type Json } from '@commonhold/core';
import type { Shelf as Kept, Shelved } from '../../household/shelf.ts';
import { joinable } from './join.ts';
import type { KnownContract, KnownContracts } from './known.ts';
import type { Namespaces } from './namespace.ts';

/** A recommended service. Times in ms; `joined`: by who asks. */
export interface ShelvedView { service: string; hash: string; version: number; contract: Contract; title: string; publisher: string; purpose: string; note: string | null; since: number; joined: boolean }

/** What stands on a shelf, read anew when it has changed. */
export function makeShelfReader(kept: Kept, read: (document: Json, from: Pick<KnownContract, 'source' | 'address'>) => KnownContract): { all(): KnownContract[] } {
  const known = new Map<string, KnownContract>();
  const one = ({ hash, contract, rotations, address }: Shelved): KnownContract => {
    const had = known.get(hash) ?? read({ contract: JSON.parse(contract) as Json, rotations: JSON.parse(rotations) as Json }, { source: 'shelf', address });
    known.set(hash, had);
    return had;
  };
  return { all: () => kept.all().map(one) };
}

/** Recommending services: for stewards, whoever calls has checked that. */
export function makeShelfVerbs({ kept, known, namespaces }: { kept: Kept; known: KnownContracts; namespaces: Namespaces }) {
  const view = (owner: string, { service, note, at, contract, hash }: Shelved): ShelvedView => {
    const read = JSON.parse(contract) as Contract;
    const { title, publisher } = read.service;
    return { service, hash, version: read.version, contract: read, title, publisher, purpose: read.purpose, note, since: at, joined: namespaces.joined(owner, service) !== null };
  };
  return {
    shelf: (owner: string): ShelvedView[] => kept.all().map((one) => view(owner, one)),
    /** Refuses `contract_unknown`, `contract_blocked`, `other_service`. */
    shelve: (owner: string, service: string, { hash, note }: { hash: string; note?: string }): ShelvedView => {
      const { contract, text, rotations, address } = joinable(known.find(owner, hash), false);
      if (contract.service.id !== service) throw new Refusal('conflict', 'other_service', 'This is another service.', { field: 'hash' });
      kept.put({ service, hash, contract: text, rotations: JSON.stringify(rotations), address, note: note ?? null });
      return view(owner, kept.all().find((one) => one.service === service)!);
    },
    unshelve: (service: string): void => kept.drop(service),
  };
}
