import { Refusal } from '@commonhold/core';
import type { Caller } from '../caller.ts';
import type { DataDeps } from './deps.ts';
import { makeCount } from './count.ts';
import { makePatch } from './patch.ts';
import { makePut } from './put.ts';
import { makeQuery } from './query.ts';
import { makeRemove } from './remove.ts';
import { makeWatch } from './watch.ts';

/**
 * The verbs of the data API, each through the same decision as a single record. `input` is the request's JSON as it came:
 * it is checked here. Denied and absent are one refusal, `not_found`.
 */
export const makeData = (deps: DataDeps) => ({
  query: makeQuery(deps), count: makeCount(deps), put: ofPersons(makePut(deps)), patch: ofPersons(makePatch(deps)), remove: ofPersons(makeRemove(deps)), watch: makeWatch(deps),
});

/**
 * A write by who proved to be a service is never done: a record is signed by a device of a persona. Refused as `service_cannot_write`, whatever
 * is there and whoever's the key is, so that it tells nothing but that; the owner's log has it where the key is that of the service.
 */
const ofPersons = <A extends unknown[], T>(write: (caller: Caller, ...rest: A) => Promise<T>) => async (caller: Caller, ...rest: A): Promise<T> => {
  try { return await write(caller, ...rest); } catch (error) {
    if (caller.kind === 'service' && error instanceof Refusal && error.kind === 'not_found') throw new Refusal('denied', 'service_cannot_write', 'This house writes nothing for services, whatever their contracts say: each record is signed by a person.');
    throw error;
  }
};

/** The verbs, bound. */
export type Data = ReturnType<typeof makeData>;
