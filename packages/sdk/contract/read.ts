import { compileContract, parseContract, Refusal, type Contract, type Result } from '@commonhold/core';

/** Reads a contract from JSON text. A Refusal carries the stable code, the sentence, and the place as `field`. */
export function readContract(text: string): Contract {
  const contract = orRefusal(parseContract(text));
  orRefusal(compileContract(contract));
  return contract;
}

/** The value of a yes; a no is thrown as a Refusal. */
export function orRefusal<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal('invalid', result.code, result.message, result.at === undefined ? {} : { field: result.at });
}
