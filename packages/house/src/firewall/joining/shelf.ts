import { Refusal, type Contract, type Json } from '@commonhold/core';
import type { Shelf as Kept, Shelved } from './ports.ts';
import { joinable } from './join.ts';
import type { KnownContract, KnownContracts } from './known.ts';
import type { Namespace, Namespaces } from './namespace.ts';

/** A recommended service. Times in ms; `joined`: by who asks, and as whom. */
export interface ShelvedView { service: string; hash: string; version: number; contract: Contract; title: string; publisher: string; purpose: string; note: string | null; since: number; joined: { persona: string } | null }

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
export function makeShelfVerbs({ kept, read, known, namespaces }: { kept: Kept; read: { all(): KnownContract[] }; known: KnownContracts; namespaces: Namespaces }) {
  const shelf = (owner: string): ShelvedView[] => {
    const contracts = new Map(read.all().map((one) => [one.contract.service.id, one]));
    return kept.all().flatMap(({ service, note, at }) => {
      const found = contracts.get(service);
      return found ? [viewOf(found, { note, at, joined: namespaces.joined(owner, service) })] : [];
    });
  };
  return {
    shelf,
    /** Refuses `contract_unknown`, `contract_blocked`, `other_service`. */
    shelve: (owner: string, service: string, { hash, note }: { hash: string; note?: string }): ShelvedView => {
      const { contract, document, rotations, address } = joinable(known.find(owner, hash), false);
      if (contract.service.id !== service) throw new Refusal('conflict', 'other_service', 'This is another service.', { field: 'hash' });
      kept.put({ service, hash, contract: document, rotations: JSON.stringify(rotations), address, note: note ?? null });
      return shelf(owner).find((one) => one.service === service)!;
    },
    unshelve: (service: string): void => kept.drop(service),
    /** Puts them in this order; what is not named comes after. */
    order: (owner: string, services: readonly string[]): ShelvedView[] => { kept.order(services); return shelf(owner); },
  };
}

function viewOf({ hash, contract }: KnownContract, { note, at, joined }: { note: string | null; at: number; joined: Namespace | null }): ShelvedView {
  const { service: { id, title, publisher }, version, purpose } = contract;
  return { service: id, hash, version, contract, title, publisher, purpose, note, since: at, joined: joined && { persona: joined.persona } };
}
