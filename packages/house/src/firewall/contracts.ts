import { canonical, compileContract, contractHash, parseContract, Refusal, type Compiled, type Contract, type Json, type Suite } from '@commonhold/core';
import hashes from '../../../../spec/contracts/hashes.json' with { type: 'json' };
import microblog from '../../../../spec/contracts/microblog.json' with { type: 'json' };
import people from '../../../../spec/contracts/people.json' with { type: 'json' };

/** A contract that this house can enforce. */
export interface EnforcedContract { service: string; hash: string; text: string; contract: Contract; compiled: Compiled }

/** The contracts of the built-in services, by service id. Only those whose hash is listed in spec/contracts count. */
export function builtInContracts(suite: Suite): Map<string, EnforcedContract> {
  const listed: readonly string[] = Object.values(hashes);
  const found = [microblog, people].map((document): [string, EnforcedContract] => {
    const contract = demand(parseContract(document));
    const hash = contractHash(suite, contract);
    if (!listed.includes(hash)) throw new Refusal('unavailable', 'unlisted_contract', `The contract of ${contract.service.id} is not the listed one.`);
    const text = canonical(document as Json);
    return [contract.service.id, { service: contract.service.id, hash, text, contract, compiled: demand(compileContract(contract)) }];
  });
  return new Map(found);
}

function demand<T>(result: { ok: true; value: T } | { ok: false; code: string; message: string }): T {
  if (!result.ok) throw new Refusal('unavailable', result.code, result.message);
  return result.value;
}
