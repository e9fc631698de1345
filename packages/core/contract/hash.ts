import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts';
import { frame, utf8 } from '../bytes/frame.ts';
import { canonical } from '../bytes/json.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { asJson, type Contract } from './types.ts';

/** SHA-256 (base64url) of the canonical text without `signature`: what records name as the contract they obey. */
export function contractHash(suite: Suite, contract: Contract): string {
  const { signature: _, ...rest } = asJson(contract);
  return toBase64Url(suite.sha256(utf8(canonical(rest))));
}

/** The id of a service that has a key: SHA-256 (base64url) of frame('commonhold/service/1', key, name). */
export const serviceId = (suite: Suite, key: Uint8Array, name: string): string =>
  toBase64Url(suite.sha256(frame('commonhold/service/1', key, name)));

/** The bytes that a service signs: frame('commonhold/contract/1', contract hash, key, at). */
export const contractBytes = (hash: Uint8Array, key: Uint8Array, at: string): Uint8Array => frame('commonhold/contract/1', hash, key, at);

/** Signs a contract with the 32-byte seed of its service's key; `at` is 16 hex digits. */
export function signContract(suite: Suite, contract: Contract, seed: Uint8Array, at: string): Contract {
  const key = suite.publicKey(seed);
  const sig = suite.sign(seed, contractBytes(fromBase64Url(contractHash(suite, contract))!, key, at));
  return { ...contract, signature: { key: toBase64Url(key), at, sig: toBase64Url(sig) } };
}

/**
 * Checks who stands behind a contract that parseContract accepted; answers its hash. With a key: the id belongs to key
 * and name, and the signature is the key's. Without one: its hash is among `builtIn` (spec/contracts/hashes.json).
 */
export function verifyContract(suite: Suite, contract: Contract, builtIn: readonly string[]): Result<string> {
  const { service } = contract;
  if (service.key === null) {
    const hash = contractHash(suite, contract);
    return builtIn.includes(hash) ? yes(hash) : no('not_built_in', 'No house is built with this contract.', '/service/key');
  }
  if (serviceId(suite, fromBase64Url(service.key)!, service.name) !== service.id) return no('bad_id', 'The id is not that of this key and name.', '/service/id');
  return checkSignature(suite, contract);
}

/** Checks the signature alone, of a contract with a key; answers its hash. Codes: unsigned, bad_signature. */
export function checkSignature(suite: Suite, contract: Contract): Result<string> {
  const hash = contractHash(suite, contract);
  const { service, signature } = contract;
  const key = fromBase64Url(service.key!)!;
  if (signature === undefined) return no('unsigned', 'The service has not signed this contract.', '/signature');
  const good = suite.verify(key, contractBytes(fromBase64Url(hash)!, key, signature.at), fromBase64Url(signature.sig)!);
  return good ? yes(hash) : no('bad_signature', 'The signature is not of this contract.', '/signature/sig');
}
