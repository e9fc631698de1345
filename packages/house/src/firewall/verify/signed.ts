import { contractHash, isObject, verifyJoined, verifyKeyLog, type Contract, type KeyLogState, type Suite } from '@commonhold/core';
import type { PodStatements } from '../../store/pod/statements.ts';
import { plain, type TellHere } from './damage.ts';

/** A JSON text as its value; undefined for what is no JSON. */
export function parsed(text: string): unknown {
  try { return JSON.parse(text) as unknown; } catch { return undefined; }
}

/** The key log of a persona, if it verifies and says that the persona is at home in `house` (null: not asked). */
export function checkKeyLog(suite: Suite, sql: PodStatements, of: { ref: number; persona: string; house: string | null }, tell: TellHere): KeyLogState | null {
  const rows = sql.statements.all(of.ref);
  const verdict = verifyKeyLog(suite, rows.map(({ signed }) => parsed(signed) ?? null));
  if (!verdict.ok) {
    const [code, says] = plain(verdict);
    tell(code, `${placeOf(verdict.at)}${says} Nothing that stands on the key log was checked.`);
    return null;
  }
  if (verdict.value.persona !== of.persona) tell('wrong_persona', 'The key log is of another persona.');
  if (rows.some(({ height }, i) => height !== i)) tell('wrong_height', 'The statements are not counted from 0 on.');
  if (of.house !== null && !rows.some(({ signed }) => homeIn(parsed(signed)) === of.house)) tell('wrong_house', 'The key log never named this house.');
  return verdict.value.persona === of.persona ? verdict.value : null;
}

// core says `[2].statement.by`.
const placeOf = (at: string | undefined): string => {
  const found = /^\[(\d+)\]/.exec(at ?? '');
  return found ? `Statement ${found[1]}: ` : '';
};

const homeIn = (signed: unknown): unknown => (isObject(signed) && isObject(signed['statement']) ? signed['statement']['house'] : undefined);

/** The contracts of a persona: their texts, hashes and joined statements. Answers the service of each hash. */
export function checkContracts(suite: Suite, sql: PodStatements, ref: number, keyLog: KeyLogState, tellOf: (service: string) => TellHere): Map<string, string> {
  const known = new Map<string, string>();
  const current = sql.contracts.all(ref);
  for (const { service, narrowing } of current) {
    if (!isObject(parsed(narrowing))) tellOf(service)('bad_narrowing', 'What its owner took back cannot be read.');
  }
  for (const { service, hash, contract, joined } of [...sql.earlierContracts.all(ref), ...current]) {
    const tell = tellOf(service);
    known.set(hash, service);
    checkContract(suite, { service, hash, text: contract }, tell);
    const verdict = verifyJoined(suite, parsed(joined) ?? null, keyLog);
    if (!verdict.ok) tell(verdict.code, `The joined statement: ${plain(verdict)[1]}`);
    else if (verdict.value.contract !== hash || verdict.value.service !== service) tell('contract_missing', 'The joined statement is for another contract.');
  }
  return known;
}

function checkContract(suite: Suite, { service, hash, text }: { service: string; hash: string; text: string }, tell: TellHere): void {
  const contract = parsed(text);
  if (!isObject(contract) || hashOf(suite, contract) !== hash) tell('contract_hash', 'The text of the contract does not have its hash.');
  else if (!isObject(contract['service']) || contract['service']['id'] !== service) tell('contract_service', 'The contract is of another service.');
}

// What has no canonical form has no hash.
function hashOf(suite: Suite, contract: object): string | null {
  try { return contractHash(suite, contract as Contract); } catch { return null; }
}
