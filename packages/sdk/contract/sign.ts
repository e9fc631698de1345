import { clockNext, contractHash, Refusal, signContract, toBase64Url, verifyRotated, type Contract, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { orRefusal } from './read.ts';
import type { Rotations } from './rotations.ts';

/** What a service publishes, as text: its contract, with the rotations of its key where there were any. */
export const published = (contract: Contract, rotations: Rotations = []): string => JSON.stringify(rotations.length === 0 ? contract : { contract, rotations });

/**
 * Signs a contract with the seed of its service's key and answers it with its hash; a signature that it had is replaced.
 * Refusals: `other_key` when the contract names another key, `bad_id` and `bad_rotation` when that key is not its service's.
 */
export function signed(contract: Contract, seed: Uint8Array, nowMs: number, { rotations = [], suite = nobleSuite }: { rotations?: Rotations; suite?: Suite } = {}): { contract: Contract; hash: string } {
  if (contract.service.key !== toBase64Url(suite.publicKey(seed))) {
    throw new Refusal('invalid', 'other_key', 'The contract names another key than this one.', { field: '/service/key' });
  }
  const made = signContract(suite, contract, seed, clockNext('', nowMs));
  return { contract: made, hash: orRefusal(verifyRotated(suite, made, [], rotations)) };
}

/** Whether a contract is signed, and truly. */
export function signatureOf(contract: Contract, rotations: Rotations = [], suite: Suite = nobleSuite): { state: 'signed' | 'draft' | 'built-in' | 'false'; hash: string } {
  const hash = contractHash(suite, contract);
  if (contract.service.key === null) return { state: 'built-in', hash };
  const verdict = verifyRotated(suite, contract, [], rotations);
  if (verdict.ok) return { state: 'signed', hash };
  return { state: verdict.code === 'unsigned' ? 'draft' : 'false', hash };
}
