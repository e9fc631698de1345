import {
  contractHash, isObject, statementHash, verifyJoined, verifyPersona, type Contract, type KeyLogState, type Signed, type Suite,
} from '@commonhold/core';
import type { PodStatements, StatementRow } from '../../store/pod/statements.ts';
import { plain, type TellHere } from './damage.ts';

/** A JSON text as its value; undefined for what is no JSON. */
export function parsed(text: string): unknown {
  try { return JSON.parse(text) as unknown; } catch { return undefined; }
}

/**
 * The key log of a persona: the statements that count of all that are kept, if nothing else is kept but losers of forks and the persona was
 * ever at home in `house` (null: not asked). What waits for a move counts here, since records may be signed after it.
 */
export function checkKeyLog(suite: Suite, sql: PodStatements, of: { ref: number; persona: string; house: string | null }, tell: TellHere): KeyLogState | null {
  const rows = sql.statements.all(of.ref);
  const statements = rows.map(({ signed }) => parsed(signed) ?? null);
  const verdict = verifyPersona(suite, { persona: of.persona, statements, firstSeen: new Map(rows.map(({ hash, seen }) => [hash, seen])), now: Infinity });
  if (!verdict.ok) {
    const [code, says] = plain(verdict);
    tell(code, `${says} Nothing that stands on the key log was checked.`);
    return null;
  }
  const wrong = verdict.value.losers.find(({ code }) => !code.startsWith('fork_'));
  if (wrong) {
    tell(wrong.code, `${wrong.height === null ? 'A statement' : `Statement ${wrong.height}`}: it is not what was kept. Nothing that stands on the key log was checked.`);
    return null;
  }
  checkRows(suite, rows, tell);
  if (of.house !== null && !verdict.value.chain.some((signed) => homeIn(signed) === of.house)) tell('wrong_house', 'The key log never named this house.');
  return verdict.value.state;
}

function checkRows(suite: Suite, rows: readonly StatementRow[], tell: TellHere): void {
  for (const { hash, height, signed } of rows) {
    const { statement } = JSON.parse(signed) as Signed;
    if (statementHash(suite, statement) !== hash) tell('wrong_hash', 'A statement is kept under the hash of another.');
    else if ((statement.type === 'inception' ? 0 : statement.height) !== height) tell('wrong_height', 'A statement is kept under the height of another.');
  }
}

const homeIn = (signed: unknown): unknown => (isObject(signed) && isObject(signed['statement']) ? signed['statement']['house'] : undefined);

/** What records name by the hash of a contract: its service, and the key with which that signs. */
export interface KnownService { service: string; key: unknown }

/** The contracts of a persona: their texts, hashes and joined statements. Answers the service of each hash. */
export function checkContracts(suite: Suite, sql: PodStatements, ref: number, keyLog: KeyLogState, tellOf: (service: string) => TellHere): Map<string, KnownService> {
  const known = new Map<string, KnownService>();
  const current = sql.contracts.all(ref);
  for (const { service, narrowing } of current) {
    if (!isObject(parsed(narrowing))) tellOf(service)('bad_narrowing', 'What its owner took back cannot be read.');
  }
  for (const { service, hash, contract, joined } of [...sql.earlierContracts.all(ref), ...current]) {
    const tell = tellOf(service);
    known.set(hash, { service, key: keyIn(contract) });
    checkContract(suite, { service, hash, text: contract }, tell);
    const verdict = verifyJoined(suite, parsed(joined) ?? null, keyLog);
    if (!verdict.ok) tell(verdict.code, `The joined statement: ${plain(verdict)[1]}`);
    else if (verdict.value.contract !== hash || verdict.value.service !== service) tell('contract_missing', 'The joined statement is for another contract.');
  }
  return known;
}

function keyIn(text: string): unknown {
  const contract = parsed(text);
  return isObject(contract) && isObject(contract['service']) ? contract['service']['key'] : undefined;
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
