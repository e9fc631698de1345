import { Refusal } from '@commonhold/core';
import type { AccessLog } from '../store/log/access-log.ts';
import type { Caller, Grant } from './caller.ts';
import type { EnforcedContract } from './contracts.ts';
import { isService } from './facts.ts';
import { callerName } from './token.ts';

interface Deps { log: Pick<AccessLog, 'named'> }
/** The namespace that is asked for: whose, of which contract, and whether its owner has paused it. */
interface Asked { owner: string; contract: EnforcedContract; isPaused: boolean }

/**
 * Whether what a caller proved counts in this namespace. False, noted for the owner, for a service by a key that is not its own there: it is
 * told nothing. Refuses what an app of a service hears of its own person: `service_paused`, and `app_origin_gone` when the contract
 * that is in force no longer knows where the app comes from.
 */
export function proofCounts({ log }: Deps, caller: Caller, { owner, contract, isPaused }: Asked): boolean {
  const note = (who: string, rule: string): void => log.named({ persona: owner, caller: who, service: contract.service, collection: '', verb: 'read', refused: true, rule });
  if (caller.kind === 'service' && !isService(caller, contract)) { note('anyone', 'wrong_key'); return false; }
  const refusal = caller.kind === 'app' && caller.grant ? refusalOf(caller.grant, contract, isPaused) : null;
  if (refusal === null) return true;
  note(callerName(caller, owner), refusal.code);
  throw refusal;
}

function refusalOf({ origin }: Grant, { contract }: EnforcedContract, isPaused: boolean): Refusal | null {
  if (!(contract.service.origins ?? []).includes(origin)) return new Refusal('denied', 'app_origin_gone', 'The service does not name this app any more.');
  return isPaused ? new Refusal('denied', 'service_paused', 'You have paused this service.') : null;
}

/** Whether a caller was let have this collection at all: an app of a service has those that its person agreed to. */
export const wasGranted = (caller: Caller, collection: string): boolean =>
  caller.kind !== 'app' || caller.grant === undefined || caller.grant.collections === null || caller.grant.collections.includes(collection);
