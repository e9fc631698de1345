import { compileByoda, compileContract, contractCard, contractHash, isByoda, parseContract, verifyRotated, type Contract, type Unhonoured } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { orRefusal } from './read.ts';
import type { Rotations } from './rotations.ts';

/** Who stands behind a contract: its key, the houses that are built with it, nobody yet, or a file of BYODA. */
export type Standing = 'signed' | 'built-in' | 'draft' | 'byoda';

/** What is to be said of a contract that is good. */
export interface ContractReport {
  contract: Contract;
  hash: string;
  standing: Standing;
  /** What it declares and is not honoured: of a file of BYODA all that our format has no place for; of any, what a service would write itself. */
  unhonoured: readonly Unhonoured[];
}

/**
 * Checks a contract in either format: shape, schemas, words, and who stands behind it. `builtIn`: the hashes of the contracts
 * that houses are built with; `rotations`: how the keys of its service followed each other. A Refusal has the code, the sentence and the place (`field`, a JSON pointer into the text).
 */
export function checkContract(text: string, builtIn: readonly string[] = [], rotations: Rotations = []): ContractReport {
  const theirs = looksLikeByoda(text) ? orRefusal(compileByoda(nobleSuite, text)) : null;
  const contract = theirs?.contract ?? orRefusal(parseContract(text));
  orRefusal(compileContract(contract));
  orRefusal(contractCard(contract, 'en'));
  return { contract, hash: contractHash(nobleSuite, contract), standing: theirs === null ? standingOf(contract, builtIn, rotations) : 'byoda', unhonoured: theirs?.unhonoured ?? [] };
}

function standingOf(contract: Contract, builtIn: readonly string[], rotations: Rotations): Standing {
  const verdict = verifyRotated(nobleSuite, contract, builtIn, rotations);
  if (!verdict.ok && verdict.code === 'unsigned') return 'draft';
  orRefusal(verdict);
  return contract.service.key === null ? 'built-in' : 'signed';
}

function looksLikeByoda(text: string): boolean {
  try { return isByoda(JSON.parse(text)); } catch { return false; }
}
