import { compileContract, parseContract, type Compiled, type Contract } from '@commonhold/core';
import type { EnforcedContract } from './contracts.ts';
import type { Home } from './homes.ts';

/** A contract as its text says, by its hash, which vouches for it. */
interface Known { contract: Contract; compiled: Compiled; text: string }

/** More than a house uses at once; the one that was asked for longest ago goes first. */
const MOST = 128;

/** The contracts that bind namespaces: those of the built-in services for all alike, those of others as each pod has joined them. */
export interface ContractBook {
  /** What binds a persona's namespace of a service; null where there is none, or where it is none that is enforced here. */
  of(home: Home, service: string): EnforcedContract | null;
  /** A version that bound it before. */
  earlier(home: Home, service: string, hash: string): EnforcedContract | null;
  /** The one of this hash that binds one of a persona's namespaces, or did. */
  byHash(home: Home, hash: string): EnforcedContract | null;
}

/** `standing`: those of the built-in services. Texts in a pod were checked before they were joined; contracts never change under their hash. */
export function makeContractBook(standing: ReadonlyMap<string, EnforcedContract>): ContractBook {
  const known = new Map<string, EnforcedContract>();
  const remember = (hash: string, service: string, find: () => string | undefined): EnforcedContract | null => {
    const had = known.get(hash);
    if (had) { known.delete(hash); known.set(hash, had); return had; }
    const made = read(find());
    if (!made || made.contract.service.id !== service) return null;
    const whole: EnforcedContract = { service, hash, earlier: [], ...made };
    known.set(hash, whole);
    if (known.size > MOST) known.delete(known.keys().next().value!);
    return whole;
  };
  return {
    of: ({ pod, state }, service) => {
      const hash = state.contracts.get(service)?.hash;
      if (hash === undefined) return null;
      const built = standing.get(service);
      if (built) return built.hash === hash ? built : null;
      return remember(hash, service, () => pod.sql.contract.get(state.ref, service)?.contract);
    },
    byHash: ({ pod, state }, hash) => {
      const joined = [...state.contracts.values()].find((one) => one.hash === hash);
      const built = joined && standing.get(joined.service);
      if (built?.hash === hash) return built;
      const found = joined ? pod.sql.contract.get(state.ref, joined.service) : pod.sql.earlierContracts.all(state.ref).find((one) => one.hash === hash);
      return found ? remember(hash, found.service, () => found.contract) : null;
    },
    earlier: ({ pod, state }, service, hash) => remember(hash, service, () => pod.sql.earlierContract.get(state.ref, service, hash)?.contract),
  };
}

function read(text: string | undefined): Known | null {
  if (text === undefined) return null;
  const parsed = parseContract(text);
  const compiled = parsed.ok ? compileContract(parsed.value) : parsed;
  return parsed.ok && compiled.ok ? { contract: parsed.value, compiled: compiled.value, text } : null;
}
