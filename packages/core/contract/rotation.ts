import { clockText, exactly, serviceId as serviceIdShape, version1 } from '../bytes/shape.ts';
import { fromBase64Url } from '../bytes/base64url.ts';
import { canonical, type Json } from '../bytes/json.ts';
import { publicKey } from '../identity/key.ts';
import { signUnder } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { checkSignedBy, type Kind } from '../record/signed.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { checkSignature, serviceId, verifyContract } from './hash.ts';
import type { Contract } from './types.ts';

/** That a service's key is another one from now on; signed by the one before. */
export interface RotateServiceKey { v: 1; type: 'rotate-service-key'; service: string; from: string; to: string; at: string }

const KIND: Kind = {
  domain: 'commonhold/rotate-service-key/1',
  shape: { v: version1, type: exactly('rotate-service-key'), service: serviceIdShape, from: publicKey, to: publicKey, at: clockText },
};

/** A rotation, signed by the 32-byte seed of the key that ends. */
export function signRotation(suite: Suite, of: Omit<RotateServiceKey, 'v' | 'type'>, seed: Uint8Array): Signed<RotateServiceKey> {
  const statement: RotateServiceKey = { v: 1, type: 'rotate-service-key', ...of };
  return { statement, signatures: [signUnder(suite, KIND.domain, statement, seed)] };
}

/** Whose key is asked for. */
export interface KeyedService { service: Pick<Contract['service'], 'id' | 'key' | 'name'> }

/**
 * Whether a contract's key is its service's: the one that its id was made of, or the last of a chain of rotations from that one, in which
 * no key comes twice. Codes: `bad_id`, `bad_rotation` with the place of the first one that does not follow.
 */
export function checkServiceKey(suite: Suite, { service }: KeyedService, rotations: readonly unknown[]): Result<Signed<RotateServiceKey>[]> {
  const chain = chainOf(suite, service.id, rotations);
  if (!chain.ok) return chain;
  const { id, key, name } = service, first = chain.value[0]?.statement.from ?? key;
  if (first === null || serviceId(suite, fromBase64Url(first)!, name) !== id) return no('bad_id', 'The id is not that of this key and name.', '/service/id');
  const last = chain.value.at(-1)?.statement.to ?? key;
  return last === key ? chain : no('bad_rotation', 'The contract names another key than the last one.', '/service/key');
}

/** Each signed by the key that ends, where the one before ended. */
function chainOf(suite: Suite, id: string, rotations: readonly unknown[]): Result<Signed<RotateServiceKey>[]> {
  const found: Signed<RotateServiceKey>[] = [], had = new Set<string>();
  let current: string | null = null;
  for (const [i, signed] of rotations.entries()) {
    const checked = checkSignedBy<RotateServiceKey>(suite, KIND, signed, ({ from }) => from);
    if (!checked.ok || checked.value.service !== id || (current !== null && checked.value.from !== current)) return no('bad_rotation', 'This key does not follow the one before.', `/rotations/${i}`);
    had.add(checked.value.from);
    current = checked.value.to;
    if (had.has(current)) return no('bad_rotation', 'A key that ended does not come back.', `/rotations/${i}`);
    found.push(signed as Signed<RotateServiceKey>);
  }
  return yes(found);
}

/** As `verifyContract`, for a service whose key was rotated; answers the hash. Codes of both. */
export function verifyRotated(suite: Suite, contract: Contract, builtIn: readonly string[], rotations: readonly unknown[]): Result<string> {
  if (rotations.length === 0 || contract.service.key === null) return verifyContract(suite, contract, builtIn);
  const key = checkServiceKey(suite, contract, rotations);
  return key.ok ? checkSignature(suite, contract) : key;
}

/** Whether rotations go on from those that were seen before: whoever has seen one key follow another believes no other story. */
export const followsOn = (seen: readonly Signed<RotateServiceKey>[], next: readonly Signed<RotateServiceKey>[]): boolean =>
  seen.every(({ statement }, i) => { const now = next[i]; return now !== undefined && canonical(now.statement as unknown as Json) === canonical(statement as unknown as Json); });
