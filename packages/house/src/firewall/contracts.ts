import { canonical, compileContract, contractHash, parseContract, Refusal, type Compiled, type Contract, type Json, type Suite } from '@commonhold/core';
import hashes from '../../../../spec/contracts/hashes.json' with { type: 'json' };
import microblog from '../../../../spec/contracts/microblog.json' with { type: 'json' };
import news from '../../../../spec/contracts/news.json' with { type: 'json' };
import people from '../../../../spec/contracts/people.json' with { type: 'json' };

/** A contract that this house can enforce; `earlier` = the listed hashes of versions before it. */
export interface EnforcedContract { service: string; hash: string; text: string; contract: Contract; compiled: Compiled; earlier: readonly string[] }

/** The contracts of the built-in services, by service id. Only those whose hash is listed in spec/contracts count. */
export function builtInContracts(suite: Suite): Map<string, EnforcedContract> {
  const listed = new Map(Object.entries(hashes));
  const found = [microblog, news, people].map((document): [string, EnforcedContract] => {
    const contract = demand(parseContract(document));
    const hash = contractHash(suite, contract);
    const { service: { id }, version } = contract;
    if (listed.get(`${id}/${version}`) !== hash) throw new Refusal('unavailable', 'unlisted_contract', `The contract of ${id} is not the listed one.`);
    const text = canonical(document as Json);
    const earlier = [...listed].filter(([name, one]) => name.startsWith(`${id}/`) && one !== hash).map(([, one]) => one);
    return [id, { service: id, hash, text, contract, compiled: demand(compileContract(contract)), earlier }];
  });
  return new Map(found);
}

function demand<T>(result: { ok: true; value: T } | { ok: false; code: string; message: string }): T {
  if (!result.ok) throw new Refusal('unavailable', result.code, result.message);
  return result.value;
}
