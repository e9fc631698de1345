import { Refusal } from '@commonhold/core';
import type { AccessLog } from '../store/log/access-log.ts';
import { nameOf, type Caller } from './caller.ts';

interface Deps { log: Pick<AccessLog, 'named'>; contracts: ReadonlyMap<string, unknown> }

/** Whether a caller's token, if it is one, was made for a service. */
export const isFor = (caller: Caller, service: string): boolean => caller.kind !== 'app' || caller.services === null || caller.services.includes(service);

/**
 * Refuses what the owner of a token took away from it, and notes it in their log: other services than these
 * (`token_services`), and writing (`token_read_only`). Beyond that a token is its person. This is the one place that knows.
 */
export function refuseToken({ log, contracts }: Deps, caller: Caller, service: string, writes: boolean): void {
  if (caller.kind !== 'app') return;
  const refusal = !isFor(caller, service) ? new Refusal('denied', 'token_services', 'This token was not made for that service.')
    : writes && !caller.write ? new Refusal('denied', 'token_read_only', 'This token was made for reading only.') : null;
  if (!refusal) return;
  const { persona } = caller;
  log.named({ persona, caller: callerName(caller, persona), service: contracts.has(service) ? service : '', collection: '', verb: writes ? 'change' : 'read', refused: true, rule: refusal.code });
  throw refusal;
}

/** A caller's name in an owner's log. A script or an app has one to its own person alone: to others it is that person. */
export const callerName = (caller: Caller, owner: string): string =>
  (caller.kind === 'app' && caller.persona === owner ? `app:${caller.token}` : nameOf(caller) || 'anyone');
