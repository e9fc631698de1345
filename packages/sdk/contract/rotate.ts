import { clockNext, signRotation, toBase64Url, type Contract, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import type { Rotations } from './rotations.ts';
import { signed } from './sign.ts';

/** A service whose key was replaced: the next version of its contract, by the new key, and all rotations so far. */
export interface Rotated { contract: Contract; hash: string; rotations: Rotations }

/**
 * Replaces the key of a service: `from` and `to` are the seeds of the old key and of the new one. Everybody who joined is asked before the
 * new version binds them. Refusals as `signed` has them; `bad_rotation`, too, for a key that the service had before.
 */
export function rotated(contract: Contract, { from, to, rotations = [] }: { from: Uint8Array; to: Uint8Array; rotations?: Rotations }, nowMs: number, suite: Suite = nobleSuite): Rotated {
  signed(contract, from, nowMs, { rotations, suite });
  const key = toBase64Url(suite.publicKey(to)), { service } = contract;
  const all = [...rotations, signRotation(suite, { service: service.id, from: service.key!, to: key, at: clockNext('', nowMs) }, from)];
  const next = { ...contract, version: contract.version + 1, service: { ...service, key } };
  return { ...signed(next, to, nowMs, { rotations: all, suite }), rotations: all };
}
