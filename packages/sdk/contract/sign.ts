import { clockNext, contractHash, Refusal, signContract, toBase64Url, verifyContract, type Contract, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { orRefusal } from './read.ts';

/**
 * Signs a contract with the seed of its service's key and answers it with its hash; a signature that it had is replaced.
 * Refusals: `other_key` when the contract names another key, `bad_id` when its id is not that of key and name.
 */
export function signed(contract: Contract, seed: Uint8Array, nowMs: number, suite: Suite = nobleSuite): { contract: Contract; hash: string } {
  if (contract.service.key !== toBase64Url(suite.publicKey(seed))) {
    throw new Refusal('invalid', 'other_key', 'The contract names another key than this one.', { field: '/service/key' });
  }
  const made = signContract(suite, contract, seed, clockNext('', nowMs));
  return { contract: made, hash: orRefusal(verifyContract(suite, made, [])) };
}

/** Whether a contract is signed, and truly. */
export function signatureOf(contract: Contract, suite: Suite = nobleSuite): { state: 'signed' | 'draft' | 'built-in' | 'false'; hash: string } {
  const hash = contractHash(suite, contract);
  if (contract.service.key === null) return { state: 'built-in', hash };
  const verdict = verifyContract(suite, contract, []);
  if (verdict.ok) return { state: 'signed', hash };
  return { state: verdict.code === 'unsigned' ? 'draft' : 'false', hash };
}
